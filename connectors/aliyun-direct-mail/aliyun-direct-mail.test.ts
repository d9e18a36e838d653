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
import { aliyunMailError, startAliyunMailDouble } from '../../test/doubles/aliyun-direct-mail.ts';
import { configGuard, regions } from './config.ts';
import create from './index.ts';
import { metadata } from './metadata.ts';
import { refusals } from './refusals.ts';

const key = { accessKeyId: 'LTAI5tExampleKeyId', accessKeySecret: 'ExampleSecretOfTheKey' };
const account = { ...key, senders: ['codes@mail.example.com'] };
const recipient = 'jo@example.com';
const config = {
  ...key,
  accountName: account.senders[0],
  fromAlias: '芝麻',
  templates: testMailTemplates('Code 918273 & 登录'),
};
const sendTo = createTestSender({ create, config, recipient });

async function start() {
  const double = await startAliyunMailDouble(account);
  onTestFinished(double.close);
  return double;
}

const refusal = (kind: ContractRefusal['kind'], status: number, code: string, retry = false): ContractRefusal => ({
  name: `${code} with HTTP ${status}`,
  reply: aliyunMailError(status, code, `Words about ${code}`),
  kind,
  providerCode: code,
  retry,
});

testConnectorContract(test, 'aliyun-direct-mail', {
  create,
  folder: import.meta.dirname,
  type: 'Email',
  config: (endpoint) => ({ ...config, endpoint }),
  requiredKeys: ['accessKeyId', 'accessKeySecret', 'accountName', 'templates'],
  secrets: [key.accessKeySecret],
  startDouble: () => startAliyunMailDouble(account),
  recipient,
  mail: {
    configured: withMail,
    read: ({ body }) => {
      const form = new URLSearchParams(body);
      const field = (name: string) => form.get(name) ?? '';
      return { to: field('ToAddress'), subject: field('Subject'), text: field('TextBody'), html: field('HtmlBody') };
    },
  },
  refusals: [
    ...['InvalidToAddress', 'InvalidToAddress.Spam', 'InvalidReceiver.NotFound', 'InvalidReceiverName.Malformed'].map(
      (code) => refusal('recipient', 400, code),
    ),
    ...[
      'InvalidBody',
      'InvalidSubject.Malformed',
      'InvalidFromAlias.Malformed',
      'InvalidMailAddressStatus.Malformed',
      'SomethingNew',
    ].map((code) => refusal('configuration', 400, code)),
    refusal('configuration', 404, 'InvalidMailAddress.NotFound'),
    refusal('configuration', 403, 'Forbidden.RAM'),
    refusal('configuration', 404, 'InvalidAccessKeyId.NotFound'),
    refusal('limit', 400, 'InvalidSendMail.Spam'),
    refusal('limit', 400, 'Throttling.User', true),
    refusal('unclear', 503, 'ServiceUnavailable'),
    refusal('unclear', 500, 'InvalidToAddress'),
  ],
});

test('a mail passes the official signer, in the body of the request', async () => {
  const double = await start();
  expect(await sendTo(double.url)).toMatchObject({
    providerMessageId: '600001',
    text: 'Code 918273 & 登录',
    headers: [
      { name: 'From', value: '=?UTF-8?B?6Iqd6bq7?= <codes@mail.example.com>' },
      { name: 'To' },
      { name: 'Subject' },
    ],
  });
  expect(double.requests[0]?.path).toBe('/');
  expect(double.mails).toEqual([
    {
      AccountName: 'codes@mail.example.com',
      AddressType: '1',
      ReplyToAddress: 'false',
      ToAddress: recipient,
      FromAlias: '芝麻',
      Subject: '918273 for SignIn',
      HtmlBody: '<p>Code 918273 & 登录</p>',
      TextBody: 'Code 918273 & 登录',
      ClickTrace: '0',
    },
  ]);
});

test('a template may name the sender, and where answers go', async () => {
  const double = await start();
  const templates = config.templates.map((each) => ({ ...each, sendFrom: 'Shop', replyTo: 'Help <help@example.com>' }));
  await sendTo(double.url, { templates });
  expect(double.mails).toMatchObject([
    { FromAlias: 'Shop', ReplyAddress: 'help@example.com', ReplyAddressAlias: 'Help' },
  ]);
});

test('an unknown sender is the administrator’s to mend, and a wrong key leaks neither code nor address', async () => {
  const double = await start();
  const unknown = await failureOf(sendTo(double.url, { accountName: 'other@example.com' }));
  expect(unknown.data).toMatchObject({ kind: 'configuration', providerCode: 'InvalidMailAddress.NotFound' });
  const { data } = await failureOf(sendTo(double.url, { accessKeySecret: 'AnotherSecret' }));
  expect(data).toMatchObject({ kind: 'configuration', providerCode: 'SignatureDoesNotMatch' });
  expect(JSON.stringify(data)).not.toMatch(/918273|jo@example/);
});

test('each region has a host of its own, and none is Hangzhou', () => {
  const parsed = configGuard.parse({ ...config, regionId: '', endpoint: '', fromAlias: '' });
  expect(regions[parsed.regionId].endpoint).toBe('https://dm.aliyuncs.com');
  expect(problemsOf(configGuard, { ...config, regionId: 'moon' }).map(([at]) => at)).toEqual(['regionId']);
  expect(problemsOf(configGuard, { ...config, accountName: 'codes' }).map(([at]) => at)).toEqual(['accountName']);
});

test('the guide tells every code with its kind, and what it means in Chinese', async () => {
  const rows = await guideRows(import.meta.dirname, /^\| `([^`]+)` +\| (\w+) +\|/gm, 'Errors');
  expect(rows).toEqual(refusalRows(refusals));
  expect(Object.keys(metadata.translations?.['zh-CN']?.meanings ?? {})).toEqual(
    expect.arrayContaining([...refusals.keys()]),
  );
});
