import { createTestSender, failureOf } from '@sesame/connector-kit/connector-test';
import { testConnectorContract } from '@sesame/connector-kit/contract-suite';
import { expect, onTestFinished, test } from 'vitest';
import { startMailEndpoint } from '../../test/doubles/http-endpoint.ts';
import create from './index.ts';

const token = 's3cr3t-of-the-endpoint';
const authorization = `Bearer ${token}`;
const recipient = 'jo@example.com';
const templates = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
  usageType,
  subject: '{{code}}',
  content: '<p>{{code}}</p>',
}));
const sendTo = createTestSender({ create, config: { authorization }, recipient });

testConnectorContract(test, 'http-email', {
  create,
  folder: import.meta.dirname,
  type: 'Email',
  config: (endpoint) => ({ endpoint, authorization, templates }),
  requiredKeys: ['endpoint'],
  secrets: [authorization, token],
  startDouble: () => startMailEndpoint({ authorization }),
  recipient,
  mail: {
    configured: (config, mail) => ({ ...config, templates: templates.map((template) => ({ ...template, ...mail })) }),
    read: ({ body }) => JSON.parse(body),
  },
  acceptedFaults: ['empty'],
  refusals: [
    {
      name: 'a mailbox that is not there',
      reply: { status: 422, body: { kind: 'recipient', code: '5.1.1', message: 'No such mailbox.' } },
      kind: 'recipient',
      providerCode: '5.1.1',
    },
    { name: 'a bare 429', reply: { status: 429 }, kind: 'limit' },
    { name: 'a bare 401', reply: { status: 401 }, kind: 'configuration' },
    { name: 'a bare 502', reply: { status: 502 }, kind: 'unclear' },
  ],
});

test('without templates it sends ours, in the language of the message', async () => {
  const endpoint = await startMailEndpoint({ authorization });
  onTestFinished(endpoint.close);
  await sendTo(endpoint.url, {}, { payload: { code: '918273', locale: 'zh-CN' } });
  expect(endpoint.accepted).toMatchObject([
    {
      to: recipient,
      type: 'SignIn',
      payload: { code: '918273', locale: 'zh-CN' },
      subject: expect.stringContaining('918273'),
      text: expect.stringMatching(/918273.*\p{Script=Han}|\p{Script=Han}.*918273/su),
      html: expect.stringContaining('918273'),
      messageId: 'message-1',
      expiresInSeconds: 600,
    },
  ]);
});

test('reports are read as those of SMS, without what only these have', async () => {
  const connector = await create({ getConfig: async () => ({}) });
  const read = async (report: object) => {
    const request = { method: 'POST', urls: [], headers: {}, body: Buffer.from(JSON.stringify(report)) };
    return (await connector.reports?.read(request, {}))?.reports;
  };
  const bounce = { state: 'undelivered', kind: 'recipient', messageId: 'm', suppress: true } as const;
  expect(await read({ ...bounce, id: 7, code: 550 })).toMatchObject([
    { ...bounce, providerMessageId: '7', providerCode: '550' },
  ]);
  await expect(read({ ...bounce, parts: 1 })).rejects.toMatchObject({ reason: 'unreadable' });
  await expect(read({ ...bounce, suppress: 'yes' })).rejects.toMatchObject({ reason: 'unreadable' });
});

test('a recipient that cannot be reached is told so', async () => {
  const endpoint = await startMailEndpoint({ authorization });
  onTestFinished(endpoint.close);
  endpoint.replyNext({ status: 400, body: { kind: 'recipient' } });
  expect((await failureOf(sendTo(endpoint.url))).message).toContain('this recipient');
});
