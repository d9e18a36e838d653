import { createHmac } from 'node:crypto';
import { type DoubleReply, type ReceivedRequest, startProviderDouble } from '@sesame/connector-kit/provider-double';
import { sesError } from './aws-ses.ts';
import { officialAuthorization as officialAwsAuthorization, readDate } from './aws-sns.ts';
import { startSmtpDouble } from './smtp.ts';
import { officialAuthorization } from './tencent.ts';

/** The secrets that the doubles of Aliyun, AWS and Tencent Cloud check signatures with. */
export const publishedKeys = {
  aliyun: { id: 'LTAI5tExampleKeyId', secret: 'access-key-secret-of-aliyun' },
  aws: { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'access-key-secret-of-aws' },
  tencent: { id: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE', secret: 'access-key-secret-of-tencent' },
};

/** The password that the mail server takes. */
export const smtpPassword = 'password-of-the-mail-server';

/** Providers at their public hosts, as a server sees them that is started with `env`. */
export type PublishedHosts = {
  /** Settings for a child server; nothing that it sends leaves this machine. */
  env: Record<string, string>;
  /** What arrived at a host, oldest first; at `smtp`, each mail. */
  requestsTo: (host: string) => ReceivedRequest[];
  /** The next request, to whichever host, gets this reply. */
  replyNext: (reply: DoubleReply) => void;
  /** What the mail server says of the next recipient. */
  replyToNextRecipient: (reply: DoubleReply) => void;
  close: () => Promise<void>;
};

/** Answers of the providers to a message that they take, each in the shape that its documentation gives. */
const answers: Record<string, (request: ReceivedRequest) => DoubleReply | Promise<DoubleReply>> = {
  'api.twilio.com': () => ({ status: 201, body: { sid: 'SM0123456789abcdef0123456789abcdef', status: 'accepted' } }),
  'rest.nexmo.com': () => ({
    body: { 'message-count': '1', messages: [{ to: '8613800138000', 'message-id': '0C1', status: '0' }] },
  }),
  'dysmsapi.aliyuncs.com': (request) =>
    refusalOfAliyun(request) ?? {
      body: { Code: 'OK', Message: 'OK', RequestId: 'F655A8D5-B967-440B-8683', BizId: '900619746936498440^0' },
    },
  'dm.aliyuncs.com': (request) =>
    refusalOfAliyun(request) ?? { body: { EnvId: '600008000111', RequestId: '12D086F6-8F31-4658-84C1-006DED011A85' } },
  'email.us-east-1.amazonaws.com': answerOfSes,
  'sms.tencentcloudapi.com': answerOfTencent,
  'gatewayapi.com': () => ({ body: { ids: [421332671], usage: { total_cost: 0.12 } } }),
  'gate.smsaero.ru': () => ({ body: { success: true, data: [{ id: 1 }] } }),
  'sms.yunpian.com': () => ({
    body: { code: 0, msg: 'ok', count: 1, fee: 0.05, unit: 'RMB', mobile: '13800138000', sid: 3310228982 },
  }),
  'sms.example.com': () => ({ body: { id: 'endpoint-1' } }),
  'mail.example.com': () => ({ body: { id: 'endpoint-2' } }),
  'api.sendgrid.com': () => ({ status: 202 }),
  'api.mailgun.net': () => ({ body: { id: '<1@mg.example.com>', message: 'Queued. Thank you.' } }),
  'api.smtp2go.com': () => ({
    body: { request_id: 'aa253464', data: { succeeded: 1, failed: 0, failures: [], email_id: '1er8bV-6Tw0Mi-7h' } },
  }),
  'mailjunky.ai': () => ({ body: { id: 'msg_1', status: 'sent' } }),
  'api.postmarkapp.com': () => ({ body: { ErrorCode: 0, Message: 'OK', MessageID: 'b7bc2f4a', To: 'jo@example.com' } }),
};

/** Starts the double that stands for every host at once. */
export async function startPublishedHosts(): Promise<PublishedHosts> {
  const double = await startProviderDouble((request) => {
    const answer = answers[request.headers.host ?? ''];
    return answer ? answer(request) : { status: 421, body: `No double for ${request.headers.host}` };
  });
  const mails = await startSmtpDouble(smtpPassword);
  const preload = new URL('./published-hosts-redirect.mjs', import.meta.url).href;
  return {
    env: {
      NODE_OPTIONS: `--import ${preload}`,
      TEST_HOSTS_PORT: new URL(double.url).port,
      TEST_SMTP_PORT: new URL(mails.url).port,
    },
    requestsTo: (host) =>
      host === 'smtp' ? mails.requests : double.requests.filter(({ headers }) => headers.host === host),
    replyNext: double.replyNext,
    replyToNextRecipient: mails.replyNext,
    async close() {
      await Promise.all([double.close(), mails.close()]);
    },
  };
}

/**
 * Aliyun checks signatures of version 3 in a header, and of version 1 among the parameters.
 * @see https://www.alibabacloud.com/help/en/sdk/product-overview/rpc-mechanism
 */
function refusalOfAliyun({ method, headers, body }: ReceivedRequest): DoubleReply | undefined {
  const isVersion3 = headers.authorization?.startsWith('ACS3-HMAC-SHA256 ');
  if (!isVersion3) {
    const parameters = [...new URLSearchParams(body)];
    const signature = parameters.find(([name]) => name === 'Signature')?.[1];
    const query = parameters
      .filter(([name]) => name !== 'Signature')
      .map(([name, value]) => `${percentEncoded(name)}=${percentEncoded(value)}`)
      .sort()
      .join('&');
    const expected = createHmac('sha1', `${publishedKeys.aliyun.secret}&`)
      .update(`${method}&%2F&${percentEncoded(query)}`)
      .digest('base64');
    if (signature !== expected) {
      return { status: 400, body: { Code: 'SignatureDoesNotMatch', Message: 'Wrong signature', RequestId: 'R' } };
    }
  }
  return undefined;
}

/** RFC 3986. */
function percentEncoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function answerOfTencent({ headers, path, body }: ReceivedRequest): DoubleReply {
  const expected = officialAuthorization({
    secretId: publishedKeys.tencent.id,
    secretKey: publishedKeys.tencent.secret,
    service: 'sms',
    url: `https://${headers.host}${path}`,
    timestampSeconds: Number(headers['x-tc-timestamp']),
    contentType: headers['content-type'] ?? '',
    body,
  });
  if (headers.authorization !== expected) {
    return {
      body: { Response: { Error: { Code: 'AuthFailure.SignatureFailure', Message: 'Wrong' }, RequestId: 'R' } },
    };
  }
  const [PhoneNumber] = (JSON.parse(body) as { PhoneNumberSet: string[] }).PhoneNumberSet;
  const status = { SerialNo: '5000:1045710669157053657849499619', PhoneNumber, Fee: 1, SessionContext: '' };
  return {
    body: {
      Response: { SendStatusSet: [{ ...status, Code: 'Ok', Message: 'send success', IsoCode: 'CN' }], RequestId: 'R' },
    },
  };
}

async function answerOfSes({ headers, path, body }: ReceivedRequest): Promise<DoubleReply> {
  const { authorization = '' } = headers;
  const [, names = ''] = /SignedHeaders=([a-z\d;-]+)/.exec(authorization) ?? [];
  const expected = await officialAwsAuthorization({
    credentials: { accessKeyId: publishedKeys.aws.id, secretAccessKey: publishedKeys.aws.secret },
    region: 'us-east-1',
    service: 'ses',
    headers: Object.fromEntries(names.split(';').map((name) => [name, String(headers[name] ?? '')])),
    path,
    body,
    signingDate: readDate(String(headers['x-amz-date'])) ?? new Date(0),
  });
  if (authorization === expected) return { body: { MessageId: '010001234567-000000' } };
  return sesError(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match.');
}
