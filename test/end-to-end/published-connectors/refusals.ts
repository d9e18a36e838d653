import type { DoubleReply } from '@sesame/connector-kit/provider-double';
import { expect, test } from 'vitest';
import { aliyunMailError } from '../../doubles/aliyun-direct-mail.ts';
import { sesError } from '../../doubles/aws-ses.ts';
import { newPhone } from '../../setup/phones.ts';
import { type Published, type PublishedName, published } from './published.ts';
import type { PublishedServer } from './published-server.ts';

type Refusal = [name: PublishedName, reply: DoubleReply, status: number, code: string, data: Record<string, unknown>];

/** Replies as the providers document them, and what the published connector lets us know of each. */
const refusals: Refusal[] = [
  [
    'Twilio',
    { status: 401, body: { code: 20003, message: 'Authenticate', more_info: 'https://www.twilio.com', status: 401 } },
    400,
    'connector.general',
    { kind: 'configuration', providerCode: '20003', providerMessage: 'Authenticate' },
  ],
  [
    'Twilio',
    { status: 429, body: { code: 20429, message: 'Too Many Requests', status: 429 } },
    400,
    'connector.rate_limit_exceeded',
    { kind: 'limit', providerCode: '20429' },
  ],
  [
    'Aliyun',
    { body: { Code: 'isv.BUSINESS_LIMIT_CONTROL', Message: '触发分钟级流控Permits:1', RequestId: 'R' } },
    400,
    'connector.rate_limit_exceeded',
    { kind: 'limit', providerCode: 'isv.BUSINESS_LIMIT_CONTROL', providerMessage: '触发分钟级流控Permits:1' },
  ],
  [
    'Aliyun',
    {
      status: 404,
      body: { Code: 'InvalidAccessKeyId.NotFound', Message: 'Specified access key is not found.', RequestId: 'R' },
    },
    400,
    'connector.general',
    { kind: 'configuration', providerCode: 'InvalidAccessKeyId.NotFound' },
  ],
  [
    'Tencent',
    { body: { Response: { Error: { Code: 'AuthFailure.SecretIdNotFound', Message: 'not found' }, RequestId: 'R' } } },
    400,
    'connector.general',
    { kind: 'configuration', providerCode: 'AuthFailure.SecretIdNotFound', providerMessage: 'not found' },
  ],
  [
    'GatewayAPI',
    { status: 403, body: { code: '0x0216', message: 'Insufficient credit', incident_uuid: 'I' } },
    400,
    'connector.general',
    { kind: 'configuration', providerCode: '0x0216', providerMessage: 'Insufficient credit' },
  ],
  [
    'HTTP SMS',
    { status: 422, body: { code: 'landline', message: 'No mobile' } },
    400,
    'connector.general',
    { kind: 'configuration', providerCode: 'landline', providerMessage: 'No mobile' },
  ],
  [
    'SendGrid',
    { status: 403, body: { errors: [{ message: 'The from address does not match', field: 'from', help: null }] } },
    400,
    'connector.general',
    { kind: 'configuration', providerMessage: 'The from address does not match' },
  ],
  [
    'SendGrid',
    { status: 429, body: { errors: [{ message: 'too many requests' }] } },
    400,
    'connector.rate_limit_exceeded',
    { kind: 'limit', providerMessage: 'too many requests' },
  ],
  [
    'Mailgun',
    { status: 401, body: 'Forbidden' },
    400,
    'connector.general',
    { kind: 'configuration', providerMessage: 'Forbidden' },
  ],
  [
    'Mailgun',
    { status: 404, body: { message: 'Domain not found: mg.example.com' } },
    400,
    'connector.general',
    { kind: 'configuration', providerMessage: 'Domain not found: mg.example.com' },
  ],
  [
    'HTTP email',
    { status: 422, body: { code: 'nobody', message: 'No such mailbox' } },
    400,
    'connector.general',
    { kind: 'configuration', providerCode: 'nobody', providerMessage: 'No such mailbox' },
  ],
  [
    'Amazon SES',
    sesError(400, 'MessageRejected', 'Email address is not verified.'),
    400,
    'connector.general',
    { kind: 'configuration', providerMessage: 'Email address is not verified.' },
  ],
  [
    'Amazon SES',
    sesError(429, 'TooManyRequestsException', 'Maximum sending rate exceeded.'),
    400,
    'connector.rate_limit_exceeded',
    { kind: 'limit', providerMessage: 'Maximum sending rate exceeded.' },
  ],
  [
    'Aliyun mail',
    aliyunMailError(404, 'InvalidMailAddress.NotFound', 'The specified mailAddress does not exist.'),
    400,
    'connector.general',
    { kind: 'configuration', providerCode: 'InvalidMailAddress.NotFound' },
  ],
  [
    'Aliyun mail',
    aliyunMailError(503, 'ServiceUnavailable', 'The request has failed.'),
    502,
    'connector.general',
    { kind: 'unclear', providerCode: 'ServiceUnavailable' },
  ],
  [
    'SMTP2GO',
    {
      status: 400,
      body: {
        request_id: 'aa253464',
        data: { error_code: 'E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED', error: 'You do not have permission' },
      },
    },
    400,
    'connector.general',
    { kind: 'configuration', providerCode: 'E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED' },
  ],
  // These tell nothing but words of their own or of the reply; its status tells that the provider refused.
  [
    'MailJunky',
    { status: 401, body: { error: 'Invalid API key' } },
    400,
    'connector.general',
    { kind: 'configuration', providerMessage: 'MailJunky API request failed (status: 401 Unauthorized).' },
  ],
  [
    'Postmark',
    { status: 401, body: { ErrorCode: 10, Message: 'The Server Token is not valid.' } },
    400,
    'connector.general',
    { kind: 'configuration', providerMessage: 'The Server Token is not valid.' },
  ],
  [
    'Postmark',
    { status: 422, body: { ErrorCode: 1101, Message: 'No template of this alias.' } },
    400,
    'connector.general',
    { kind: 'configuration', providerMessage: 'No template of this alias.' },
  ],
  [
    'Postmark',
    { status: 422, body: { ErrorCode: 300, Message: "Error parsing 'To': Illegal email address." } },
    400,
    'connector.general',
    { kind: 'recipient', providerMessage: "Error parsing 'To': Illegal email address." },
  ],
  [
    'Postmark',
    { status: 429, body: { ErrorCode: 429, Message: 'Slow down.' } },
    400,
    'connector.rate_limit_exceeded',
    { kind: 'limit', providerMessage: 'Slow down.' },
  ],
  [
    'YunPian',
    { status: 400, body: { http_status_code: 400, code: 3, msg: '账户余额不足', detail: '请充值' } },
    400,
    'connector.general',
    { kind: 'configuration', providerMessage: '账户余额不足' },
  ],
  // These tell nothing but words, after a reply that says that all is well: nobody knows what became of the message.
  [
    'Vonage',
    { body: { 'message-count': '1', messages: [{ status: '4', 'error-text': 'Bad Credentials' }] } },
    502,
    'connector.general',
    { kind: 'unclear', providerMessage: expect.stringContaining('failed') },
  ],
];

/** @param theirs a server with the published connectors */
export function testRefusals(theirs: () => PublishedServer): void {
  test.each(refusals)('%s: %j is answered with %i %s', async (name, reply, status, code, data) => {
    const { factoryId, channel, config, attempts = 1 }: Published = published[name];
    // A library repeats only what may pass.
    for (let attempt = 0; attempt < (data.kind === 'limit' ? attempts : 1); attempt += 1)
      theirs().hosts.replyNext(reply);
    const recipient = channel === 'Sms' ? { phone: newPhone() } : { email: 'jo@example.com' };
    const answer = await theirs().management.post(`/connectors/${factoryId}/test`, { ...recipient, config });
    expect(answer, answer.text).toMatchObject({ status, body: { code, data } });
  });

  test('a usage type without a template gets the one for Generic, in the connectors too that know no fallback', async () => {
    for (const name of ['Tencent', 'SMS Aero'] as const) {
      const { factoryId, config, host } = published[name];
      const body = { phone: newPhone(), config, usageType: 'LinkAccount' };
      const answer = await theirs().management.post(`/connectors/${factoryId}/test`, body);
      expect(answer, answer.text).toMatchObject({ status: 204 });
      expect(theirs().hosts.requestsTo(host).at(-1)?.body).toMatch(/Generic: 000000|"TemplateId":"1110"/);
    }
  });

  test('SMTP: a password that the mail server does not take is told in its words', async () => {
    const { factoryId, config } = published.SMTP;
    const body = { email: 'jo@example.com', config: { ...config, auth: { ...config.auth, pass: 'wrong' } } };
    const answer = await theirs().management.post(`/connectors/${factoryId}/test`, body);
    const data = { kind: 'configuration', providerCode: '535', providerMessage: '5.7.8 Bad credentials' };
    expect(answer, answer.text).toMatchObject({ status: 400, body: { data } });
  });

  test.each([
    [550, '5.1.1 No such user', 'recipient'],
    [550, '5.1.2 Domain not found', 'recipient'],
    [550, '5.7.1 Relaying denied', 'configuration'],
    [451, '4.7.1 Greylisted', 'limit'],
  ])('SMTP: a recipient of whom the mail server says %i %s is told as %s', async (status, body, kind) => {
    theirs().hosts.replyToNextRecipient({ status, body });
    const { factoryId, config } = published.SMTP;
    const answer = await theirs().management.post(`/connectors/${factoryId}/test`, { email: 'jo@example.com', config });
    const data = { kind, providerCode: String(status), providerMessage: body };
    expect(answer.body.data, answer.text).toMatchObject(data);
  });

  test('a number that a connector does not take is refused in its own words', async () => {
    const { factoryId, config } = published.YunPian;
    const changed = { ...config, unsupportedCountriesMsg: 'Only numbers of mainland China.' };
    const body = { phone: '+4915123456789', config: changed };
    const answer = await theirs().management.post(`/connectors/${factoryId}/test`, body);
    expect(answer.body.data.providerMessage).toBe('Only numbers of mainland China.');
  });
}
