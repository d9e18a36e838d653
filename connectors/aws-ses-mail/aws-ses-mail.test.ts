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
import { sesError, startSesDouble } from '../../test/doubles/aws-ses.ts';
import { configGuard } from './config.ts';
import create from './index.ts';
import { refusals } from './refusals.ts';

const account = { accessKeyId: 'AKIDEXAMPLE', accessKeySecret: 'secret/access+key/of+the+tests', region: 'eu-west-1' };
const recipient = 'jo@example.com';
const config = {
  ...account,
  emailAddress: '芝麻 <codes@example.com>',
  templates: testMailTemplates('Code 918273 & more'),
};
const sendTo = createTestSender({ create, config, recipient });

async function start() {
  const double = await startSesDouble(account);
  onTestFinished(double.close);
  return double;
}

const refusal = (
  kind: ContractRefusal['kind'],
  status: number,
  type: string,
  words = `Words about ${type}`,
): ContractRefusal => ({
  name: `${type}: ${words}`,
  reply: sesError(status, type, words),
  kind,
  providerCode: type,
  providerMessage: words,
  retry: kind === 'limit' && !/Limit|aily/.test(type + words),
});

testConnectorContract(test, 'aws-ses-mail', {
  create,
  folder: import.meta.dirname,
  type: 'Email',
  config: (endpoint) => ({ ...config, endpoint }),
  requiredKeys: ['accessKeyId', 'accessKeySecret', 'region', 'templates'],
  secrets: [account.accessKeySecret],
  startDouble: () => startSesDouble(account),
  recipient,
  mail: {
    configured: withMail,
    read({ body }) {
      const { Destination, Content } = JSON.parse(body);
      const { Subject, Body } = Content.Simple;
      return { to: Destination.ToAddresses[0], subject: Subject.Data, text: Body.Text.Data, html: Body.Html.Data };
    },
  },
  refusals: [
    refusal('recipient', 400, 'BadRequestException', 'Local address contains control or whitespace'),
    refusal('configuration', 400, 'BadRequestException'),
    refusal('configuration', 400, 'MessageRejected'),
    refusal('configuration', 400, 'MessageRejected', 'Email address is not verified. The identity failed the check'),
    ...[
      'AccountSuspendedException',
      'MailFromDomainNotVerifiedException',
      'SendingPausedException',
      'SomethingNew',
    ].map((type) => refusal('configuration', 400, type)),
    ...['AccessDeniedException', 'UnrecognizedClientException', 'InvalidSignatureException'].map((type) =>
      refusal('configuration', 403, type),
    ),
    refusal('configuration', 404, 'NotFoundException'),
    refusal('limit', 400, 'LimitExceededException'),
    refusal('limit', 429, 'TooManyRequestsException', 'Maximum sending rate exceeded.'),
    refusal('limit', 400, 'ThrottlingException', 'Daily message quota exceeded'),
    refusal('unclear', 500, 'InternalFailure'),
    refusal('unclear', 503, 'ServiceUnavailable'),
  ],
});

test('a mail has its sender in ASCII, a place for bounces, and the id that SES gave', async () => {
  const double = await start();
  const arn = 'arn:aws:ses:eu-west-1:123456789012:identity/example.com';
  const { providerMessageId } = await sendTo(double.url, {
    emailAddressIdentityArn: arn,
    feedbackForwardingEmailAddress: 'bounces@example.com',
    feedbackForwardingEmailAddressIdentityArn: arn,
    configurationSetName: 'codes',
  });
  expect(providerMessageId).toMatch(/^0102/);
  expect(double.mails).toMatchObject([
    {
      FromEmailAddress: '=?UTF-8?B?6Iqd6bq7?= <codes@example.com>',
      FromEmailAddressIdentityArn: arn,
      Destination: { ToAddresses: [recipient] },
      FeedbackForwardingEmailAddress: 'bounces@example.com',
      FeedbackForwardingEmailAddressIdentityArn: arn,
      ConfigurationSetName: 'codes',
      Content: {
        Simple: {
          Subject: { Data: '918273 for SignIn' },
          Body: { Text: { Data: 'Code 918273 & more' }, Html: { Data: '<p>Code 918273 & more</p>' } },
          Headers: [{ Name: 'Auto-Submitted', Value: 'auto-generated' }, { Name: 'X-Auto-Response-Suppress' }],
        },
      },
    },
  ]);
});

test('is from whom the template says, and answers go where it says', async () => {
  const double = await start();
  const templates = config.templates.map((each) => ({ ...each, sendFrom: 'Shop', replyTo: 'Help <help@example.com>' }));
  await sendTo(double.url, { templates });
  expect(double.mails).toMatchObject([
    { FromEmailAddress: '"Shop" <codes@example.com>', ReplyToAddresses: ['"Help" <help@example.com>'] },
  ]);
});

test('a refusal hides addresses and the hash of the request', async () => {
  const double = await start();
  double.replyNext(sesError(400, 'MessageRejected', `Email address is not verified: ${recipient} ${'a1'.repeat(32)}`));
  const { data } = await failureOf(sendTo(double.url));
  expect(data.providerMessage).toMatch(/^Email address is not verified: \S+ \[hidden\]$/);
  expect(data.providerMessage).not.toContain(recipient);
  expect(data.issues).toMatchObject([{ path: 'emailAddress' }]);
});

test.each([
  ['region', { region: 'Ireland' }],
  ['emailAddress', { emailAddress: 'codes' }],
  ['endpoint', { endpoint: 'https://email.eu-west-1.amazonaws.com/v2' }],
])('a wrong %s is refused by name', (path, change) => {
  expect(problemsOf(configGuard, { ...config, ...change }).map(([at]) => at)).toEqual([path]);
});

test('a configuration of Logto is taken as it is', () => {
  const templates = config.templates.map(({ usageType }) => ({ usageType, subject: 'S', content: 'Code {{code}}' }));
  expect(problemsOf(configGuard, { ...account, emailAddress: '', configurationSetName: '', templates })).toEqual([]);
});

test('the guide tells every error code with its kind', async () => {
  const rows = await guideRows(import.meta.dirname, /^\| `([^`]+)` +\| (\w+) +\|/gm, 'Errors');
  expect(rows).toEqual(refusalRows(refusals));
});
