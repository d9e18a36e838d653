import type { DoubleReply } from '@sesame/connector-kit/provider-double';
import { expect } from 'vitest';
import { aliyunMailError } from '../../doubles/aliyun-direct-mail.ts';
import { sesError } from '../../doubles/aws-ses.ts';
import type { PublishedName } from './published.ts';

type Refusal = [name: PublishedName, reply: DoubleReply, status: number, code: string, data: Record<string, unknown>];

/** Replies as the providers document them, and what the published connector lets us know of each. */
export const documentedRefusals: Refusal[] = [
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
