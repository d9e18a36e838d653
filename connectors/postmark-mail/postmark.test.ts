import { requiredUsageTypes } from '@sesame/connector-kit';
import { createTestSender, failureOf, guideRows, problemsOf, refusalRows } from '@sesame/connector-kit/connector-test';
import { type ContractRefusal, testConnectorContract } from '@sesame/connector-kit/contract-suite';
import { expect, onTestFinished, test } from 'vitest';
import { postmarkError, startPostmarkDouble } from '../../test/doubles/postmark.ts';
import { configGuard } from './config.ts';
import create from './index.ts';
import { refusals } from './refusals.ts';

const account = { serverToken: 'token-of-the-tests', aliases: [...requiredUsageTypes] as string[] };
const recipient = 'jo@example.com';
const config = {
  serverToken: account.serverToken,
  fromEmail: 'Acme <codes@example.com>',
  templates: requiredUsageTypes.map((usageType) => ({ usageType, templateAlias: usageType })),
};
const sendTo = createTestSender({ create, config, recipient });

async function start() {
  const double = await startPostmarkDouble(account);
  onTestFinished(double.close);
  return double;
}

const refusal = (
  kind: ContractRefusal['kind'],
  status: number,
  code: number,
  words = `Words about ${code}`,
): ContractRefusal => ({
  name: `${code} with HTTP ${status}: ${words}`,
  reply: postmarkError(status, code, words),
  kind,
  providerCode: String(code),
  retry: kind === 'limit',
});

testConnectorContract(test, 'postmark-mail', {
  create,
  folder: import.meta.dirname,
  type: 'Email',
  config: (endpoint) => ({ ...config, endpoint }),
  requiredKeys: ['serverToken', 'fromEmail', 'templates'],
  secrets: [account.serverToken],
  startDouble: () => startPostmarkDouble(account),
  recipient,
  refusals: [
    refusal('configuration', 401, 10),
    refusal('recipient', 422, 300, "Invalid 'To' address: 'jo'."),
    refusal('recipient', 422, 300, "Error parsing 'To': Illegal email address."),
    refusal('configuration', 422, 300, "Invalid 'From' address."),
    refusal('recipient', 422, 406, 'You tried to send to recipients that have been marked as inactive.'),
    ...[400, 401, 402, 403, 405, 409, 412, 413, 1101, 1109, 1235, 9999].map((code) =>
      refusal('configuration', 422, code),
    ),
    refusal('limit', 429, 9998),
    refusal('unclear', 503, 100),
    refusal('unclear', 422, 100),
    refusal('unclear', 500, 9997),
  ],
});

test('a mail names the template, its variables and its sender, and is not tracked', async () => {
  const double = await start();
  const { providerMessageId, text } = await sendTo(double.url, {}, { payload: { code: '918273', locale: 'en' } });
  expect(providerMessageId).toMatch(/^[\da-f-]{36}$/);
  expect(text).toBeUndefined();
  expect(double.mails).toEqual([
    {
      From: '"Acme" <codes@example.com>',
      To: recipient,
      TemplateAlias: 'SignIn',
      TemplateModel: { code: '918273', locale: 'en' },
      Headers: [
        { Name: 'Auto-Submitted', Value: 'auto-generated' },
        { Name: 'X-Auto-Response-Suppress', Value: 'All' },
      ],
      Tag: 'SignIn',
      Metadata: { messageId: 'message-1' },
      TrackOpens: false,
      TrackLinks: 'None',
    },
  ]);
});

test('a refusal with the status of a success is one', async () => {
  const double = await start();
  double.replyNext(postmarkError(200, 406, `Inactive: ${recipient}`));
  const { data } = await failureOf(sendTo(double.url));
  expect(data).toMatchObject({ kind: 'recipient', providerCode: '406' });
  expect(data.providerMessage).not.toContain(recipient);
});

test.each([
  ['serverToken', { serverToken: 'a b' }],
  ['fromEmail', { fromEmail: 'Acme' }],
  ['templates.0.templateAlias', { templates: config.templates.map((each) => ({ ...each, templateAlias: '1 a' })) }],
])('a wrong %s is refused by name', (path, change) => {
  expect(problemsOf(configGuard, { ...config, ...change })[0]?.[0]).toBe(path);
});

test('the guide tells every error code with its kind', async () => {
  const rows = await guideRows(import.meta.dirname, /^\| `([^`]+)` +\| (\w+) +\|/gm, 'Errors');
  expect(rows).toEqual(refusalRows(refusals));
});
