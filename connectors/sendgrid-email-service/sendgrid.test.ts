import {
  createTestSender,
  failureOf,
  guideRows,
  problemsOf,
  refusalRows,
  testMailTemplates,
  withMail,
} from '@sesame/connector-kit/connector-test';
import { type ContractRefusal, testConnectorContract } from '@sesame/connector-kit/contract-suite';
import { expect, onTestFinished, test } from 'vitest';
import { sendGridErrors, startSendGridDouble } from '../../test/doubles/sendgrid.ts';
import { configGuard } from './config.ts';
import create from './index.ts';
import { refusals } from './refusals.ts';

const account = { apiKey: 'SG.key-of-the-tests.secret', senders: ['example.com'] };
const recipient = 'jo@example.com';
const config = {
  apiKey: account.apiKey,
  fromEmail: 'codes@example.com',
  fromName: '芝麻',
  templates: testMailTemplates('Code 918273').map((template) => ({ ...template, type: 'text/html' })),
};
const sendTo = createTestSender({ create, config, recipient });

async function start() {
  const double = await startSendGridDouble(account);
  onTestFinished(double.close);
  return double;
}

const refusal = (kind: ContractRefusal['kind'], status: number, words: string, field?: string): ContractRefusal => ({
  name: `${status} ${words} (${field})`,
  reply: sendGridErrors(status, words, field),
  kind,
  providerCode: String(status),
  retry: status === 429,
});

testConnectorContract(test, 'sendgrid-email-service', {
  create,
  folder: import.meta.dirname,
  type: 'Email',
  config: (endpoint) => ({ ...config, endpoint }),
  requiredKeys: ['apiKey', 'fromEmail', 'templates'],
  secrets: [account.apiKey],
  startDouble: () => startSendGridDouble(account),
  recipient,
  mail: {
    configured: withMail,
    read({ body }) {
      const { personalizations, subject, content } = JSON.parse(body);
      return { to: personalizations[0].to[0].email, subject, text: content[0].value, html: content[1].value };
    },
  },
  refusals: [
    refusal('recipient', 400, 'Does not contain a valid address.', 'personalizations.0.to.0.email'),
    refusal('configuration', 400, 'The from email does not contain a valid address.', 'from.email'),
    refusal('configuration', 400, 'The content value must be a string.', 'content.0.value'),
    refusal('configuration', 400, 'Something new', 'batch_id'),
    refusal('configuration', 401, 'The provided authorization grant is invalid, expired, or revoked'),
    refusal('configuration', 401, 'Maximum credits exceeded'),
    refusal('configuration', 403, 'The from address does not match a verified Sender Identity.', 'from'),
    refusal('configuration', 403, 'access forbidden'),
    refusal('configuration', 413, 'Payload too large'),
    refusal('limit', 429, 'too many requests'),
    refusal('unclear', 500, 'internal error'),
  ],
});

test('a mail has a name for its sender, and no tracking', async () => {
  const double = await start();
  expect(await sendTo(double.url)).toMatchObject({ providerMessageId: 'sendgrid-1', text: 'Code 918273' });
  expect(double.mails).toMatchObject([
    {
      personalizations: [{ to: [{ email: recipient }], custom_args: { messageId: 'message-1' } }],
      from: { email: 'codes@example.com', name: '芝麻' },
      subject: '918273 for SignIn',
      headers: { 'Auto-Submitted': 'auto-generated' },
      tracking_settings: { click_tracking: { enable: false }, open_tracking: { enable: false } },
    },
  ]);
});

test('a template may name another sender, and where answers go', async () => {
  const double = await start();
  const templates = config.templates.map((each) => ({
    ...each,
    sendFrom: '{{application.name}}',
    replyTo: 'help@example.com',
  }));
  await sendTo(double.url, { templates }, { payload: { code: '918273', application: { name: 'Shop' } } });
  expect(double.mails).toMatchObject([
    { from: { email: 'codes@example.com', name: 'Shop' }, reply_to: { email: 'help@example.com' } },
  ]);
});

test('the sandbox mode, in which nothing is sent, is no success', async () => {
  const double = await start();
  double.replyNext({ status: 200 });
  expect((await failureOf(sendTo(double.url))).data.kind).toBe('unclear');
});

test('what only we can mend outweighs what the user can', async () => {
  const double = await start();
  const [one, other] = [
    { message: 'Bad address', field: 'personalizations.0.to' },
    { message: 'Bad sender', field: 'from.email' },
  ];
  double.replyNext({ status: 400, body: { errors: [one, other] } });
  expect((await failureOf(sendTo(double.url))).data).toMatchObject({
    kind: 'configuration',
    issues: [{ path: 'fromEmail' }],
  });
});

test('a configuration of Logto is taken as it is, its type of content too', async () => {
  const double = await start();
  const templates = config.templates.map(({ usageType }) => ({
    usageType,
    type: 'text/plain',
    subject: 'S',
    content: '{{code}} <b>',
  }));
  await sendTo(double.url, { templates, fromName: '' });
  expect(double.mails[0]?.content[1].value).toContain('918273 &lt;b&gt;');
  expect(problemsOf(configGuard, { ...config, fromEmail: 'Acme' }).map(([at]) => at)).toEqual(['fromEmail']);
});

test('the guide tells every status with its kind', async () => {
  const rows = await guideRows(import.meta.dirname, /^\| `([^`]+)` +\| (\w+) +\|/gm, 'Errors');
  expect(rows).toEqual(refusalRows(refusals));
});
