import {
  createTestSender,
  failureOf,
  guideRows,
  problemsOf,
  refusalRows,
  testMailTemplates,
} from '@sesame/connector-kit/connector-test';
import { type ContractRefusal, testConnectorContract } from '@sesame/connector-kit/contract-suite';
import { expect, onTestFinished, test } from 'vitest';
import { mailgunError, startMailgunDouble } from '../../test/doubles/mailgun.ts';
import { configGuard } from './config.ts';
import create from './index.ts';
import { metadata } from './metadata.ts';
import { refusals } from './refusals.ts';

const account = { apiKey: 'key-of-the-tests', domain: 'mg.example.com', templates: ['sign-in'] };
const recipient = 'jo+tag@example.com';
const deliveries = Object.fromEntries(
  testMailTemplates('Code 918273').map(({ usageType, subject, content }) => [usageType, { subject, html: content }]),
);
const config = { apiKey: account.apiKey, domain: account.domain, from: '芝麻 <codes@mg.example.com>', deliveries };
const sendTo = createTestSender({ create, config, recipient });

async function start() {
  const double = await startMailgunDouble(account);
  onTestFinished(double.close);
  return double;
}

const refusal = (kind: ContractRefusal['kind'], status: number, words: string): ContractRefusal => ({
  name: `${status} ${words}`,
  reply: mailgunError(status, words),
  kind,
  providerCode: String(status),
  retry: status === 429,
});

testConnectorContract(test, 'mailgun-email', {
  create,
  folder: import.meta.dirname,
  type: 'Email',
  config: (endpoint) => ({ ...config, endpoint }),
  requiredKeys: ['domain', 'apiKey', 'from', 'deliveries'],
  secrets: [account.apiKey],
  startDouble: () => startMailgunDouble(account),
  recipient,
  mail: {
    configured: (stored, { subject, content }) => ({ ...stored, deliveries: { Generic: { subject, html: content } } }),
    read: ({ body }) => {
      const form = new URLSearchParams(body);
      const field = (name: string) => form.get(name) ?? '';
      return { to: field('to'), subject: field('subject'), text: field('text'), html: field('html') };
    },
  },
  refusals: [
    refusal('recipient', 400, "'to' parameter is not a valid address. please check documentation"),
    refusal('configuration', 400, "'from' parameter is not a valid address. please check documentation"),
    refusal('configuration', 400, 'template sign-up not found'),
    refusal('configuration', 400, 'Something new'),
    refusal('configuration', 401, 'Invalid private key'),
    { name: '401 as a word', reply: { status: 401, body: 'Forbidden' }, kind: 'configuration', providerCode: '401' },
    refusal('configuration', 402, 'Payment required'),
    refusal('configuration', 403, 'Domain mg.example.com is not allowed to send: The domain is disabled'),
    refusal(
      'configuration',
      403,
      'Sandbox subdomains are for test purposes only. Add the address to authorized recipients',
    ),
    refusal('limit', 403, 'Domain mg.example.com is not allowed to send: account monthly limit reached'),
    refusal('configuration', 404, 'Domain not found: mg.example.com'),
    refusal('limit', 429, 'Too many requests'),
    refusal('unclear', 500, 'Internal error'),
  ],
});

test('a mail has both parts, its sender in ASCII, and no tracking', async () => {
  const double = await start();
  const result = await sendTo(double.url, {
    deliveries: {
      ...deliveries,
      SignIn: { html: '<p>{{code}}</p>', text: 'Own {{code}}', replyTo: 'help@example.com' },
    },
  });
  expect(result.providerMessageId).toBe('<2026.1@mg.example.com>');
  expect(double.mails).toEqual([
    {
      from: '=?UTF-8?B?6Iqd6bq7?= <codes@mg.example.com>',
      to: recipient,
      html: '<p>918273</p>',
      text: 'Own 918273',
      'h:Reply-To': 'help@example.com',
      'h:Auto-Submitted': 'auto-generated',
      'h:X-Auto-Response-Suppress': 'All',
      'o:tracking': 'no',
      'v:messageId': 'message-1',
    },
  ]);
});

test('a mail that is kept at Mailgun gets its variables', async () => {
  const double = await start();
  const kept = { template: 'sign-in', variables: { brand: 'Acme' }, subject: '{{code}}' };
  const result = await sendTo(
    double.url,
    { deliveries: { ...deliveries, SignIn: kept } },
    { payload: { code: '918273', locale: 'en' } },
  );
  expect(result).not.toHaveProperty('text');
  expect(double.mails).toMatchObject([{ template: 'sign-in', subject: '918273' }]);
  expect(JSON.parse(double.mails[0]?.['h:X-Mailgun-Variables'] ?? '')).toEqual({
    brand: 'Acme',
    code: '918273',
    locale: 'en',
  });
});

test.each([
  ['deliveries', { deliveries: { SignIn: { html: 'x' } } }],
  ['deliveries.Generic', { deliveries: { Generic: { subject: 'x' } } }],
  ['deliveries.Generic.subject', { deliveries: { Generic: { html: 'x', subject: 'a\r\nb' } } }],
  ['domain', { domain: 'mg.example.com/messages' }],
  ['domain', { domain: '' }],
  ['from', { from: 'Acme' }],
  ['endpoint', { endpoint: 'http://api.mailgun.net' }],
])('a wrong %s is refused by name', (path, change) => {
  expect(problemsOf(configGuard, { ...config, ...change }).map(([at]) => at)[0]).toMatch(path.split('.')[0] ?? '');
});

test('what the form starts with is taken, and says the code where it goes', async () => {
  const double = await start();
  const started = metadata.formItems.find(({ key }) => key === 'deliveries')?.defaultValue;
  await sendTo(double.url, { deliveries: started, endpoint: double.url });
  expect(double.mails[0]?.html).toContain('918273');
  expect(problemsOf(configGuard, { ...config, endpoint: '', deliveries: { Generic: { html: 'x' } } })).toEqual([]);
});

test('addresses that Mailgun quotes are masked', async () => {
  const double = await start();
  double.replyNext(mailgunError(400, `'to' parameter is not a valid address: ${recipient}`));
  expect((await failureOf(sendTo(double.url))).data.providerMessage).not.toContain(recipient);
});

test('the guide tells every status with its kind', async () => {
  const rows = await guideRows(import.meta.dirname, /^\| `([^`]+)` +\| (\w+) +\|/gm, 'Errors');
  expect(rows).toEqual(refusalRows(refusals));
});

test('a domain in any script is the one in ASCII, as Mailgun has it', () => {
  expect(configGuard.parse({ ...config, domain: 'mg.bücher.example' }).domain).toBe('mg.xn--bcher-kva.example');
});
