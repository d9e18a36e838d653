import { createRequire } from 'node:module';
import {
  type DoubleReply,
  type ProviderDouble,
  type ReceivedRequest,
  startProviderDouble,
} from '@sesame/connector-kit/provider-double';

// The SDK is CommonJS with a default export, which `import` unwraps differently in Node and in test runners.
const { default: Sign } = createRequire(import.meta.url)(
  'tencentcloud-sdk-nodejs-common/tencentcloud/common/sign.js',
) as typeof import('tencentcloud-sdk-nodejs-common/tencentcloud/common/sign.js');

/** The account that the double stands in for. */
export type TencentAccount = {
  secretId: string;
  secretKey: string;
  sdkAppId: string;
  signNames: string[];
  /** Approved templates by id: how many variables, and whether it is a verification template (it is by default). */
  templates: Record<string, { params: number; verification?: boolean }>;
  /** Milliseconds since the epoch. */
  now?: () => number;
};

/** A message that the double accepted. */
export type TencentMessage = {
  phone: string;
  templateId: string;
  params: string[];
  signName?: string;
  senderId?: string;
  sessionContext: string;
  serialNo: string;
};

/** What became of a message, as both ways of pulling tell it. */
export type TencentOutcome = { ReportStatus: 'SUCCESS' | 'FAIL'; Description: string; UserReceiveTime: number };

/**
 * A loopback Tencent Cloud SMS; `messages` holds what it accepted, oldest first, `converted` the serial numbers of those of
 * which it was told that their code was typed in. Tests say in `outcomes` what became of a message, by its serial number.
 */
export type TencentDouble = ProviderDouble & {
  messages: TencentMessage[];
  outcomes: Map<string, TencentOutcome>;
  converted: string[];
};

const maxSkewSeconds = 300;
const requestId = 'a0aabda6-cf91-4f3e-a81f-9198114a2279';

/** The `Authorization` header as the official SDK makes it. */
export function officialAuthorization(request: {
  secretId: string;
  secretKey: string;
  service: string;
  url: string;
  timestampSeconds: number;
  contentType: string;
  body: string;
}): string {
  const { timestampSeconds, contentType, body, ...rest } = request;
  return Sign.sign3({
    ...rest,
    method: 'POST',
    payload: Buffer.from(body),
    timestamp: timestampSeconds,
    multipart: false,
    boundary: '',
    headers: { 'Content-Type': contentType },
  });
}

/** The reply to a request that was refused as a whole: HTTP 200, with an `Error`. */
export function tencentError(code: string, message: string): DoubleReply {
  return { body: { Response: { Error: { Code: code, Message: message }, RequestId: requestId } } };
}

/** The reply to a request that was carried out: a status for each number, `Ok` or a refusal. */
export function tencentStatus(status: { Code: string; Message: string; [field: string]: unknown }): DoubleReply {
  const refused = { SerialNo: '', PhoneNumber: '', Fee: 0, SessionContext: '', IsoCode: '' };
  return { body: { Response: { SendStatusSet: [{ ...refused, ...status }], RequestId: requestId } } };
}

/** Starts a Tencent Cloud SMS that checks signature, headers and parameters as the real one documents. */
export async function startTencentDouble(account: TencentAccount): Promise<TencentDouble> {
  const messages: TencentMessage[] = [];
  const outcomes = new Map<string, TencentOutcome>();
  const converted: string[] = [];
  /** What was pulled without a number, which is given once. */
  const given = new Set<string>();
  const double = await startProviderDouble((request) => {
    const refusal = checkRequest(request, account);
    if (refusal) return tencentError(...refusal);
    const parameters = JSON.parse(request.body) as Record<string, string>;
    const action = String(request.headers['x-tc-action']);
    if (action === 'SendSms') return carryOut(parameters, account, messages);
    if (parameters.SmsSdkAppId !== account.sdkAppId) {
      return tencentError('UnauthorizedOperation.SmsSdkAppIdVerifyFail', 'SmsSdkAppId verification failed');
    }
    if (action === 'ReportConversion') {
      converted.push(String(parameters.SerialNo));
      return { body: { Response: { ReportConversionStatus: { Code: 'OK', Message: '' }, RequestId: requestId } } };
    }
    const isQueue = action === 'PullSmsSendStatus';
    const told = messages
      .filter(({ phone, serialNo }) => (isQueue ? !given.has(serialNo) : phone === parameters.PhoneNumber))
      .flatMap((message) => statusOf(message, outcomes) ?? [])
      .slice(0, Number(parameters.Limit));
    if (isQueue) for (const { SerialNo } of told) given.add(SerialNo);
    return { body: { Response: { PullSmsSendStatusSet: told, RequestId: requestId } } };
  });
  return Object.assign(double, { messages, outcomes, converted });
}

function statusOf({ phone, serialNo, sessionContext }: TencentMessage, outcomes: Map<string, TencentOutcome>) {
  const outcome = outcomes.get(serialNo);
  const CountryCode = phone.startsWith('+86') ? '86' : phone.slice(1, 2);
  const SubscriberNumber = phone.slice(1 + CountryCode.length);
  const number = { CountryCode, SubscriberNumber, PhoneNumber: phone };
  return outcome && { ...number, SerialNo: serialNo, SessionContext: sessionContext, ...outcome };
}

type Refusal = [code: string, message: string];

function checkRequest({ method, path, headers, body }: ReceivedRequest, account: TencentAccount): Refusal | undefined {
  const header = (name: string) => String(headers[name] ?? '');
  const timestampSeconds = Number(header('x-tc-timestamp'));
  const credential = /^TC3-HMAC-SHA256 Credential=([^/]+)\//.exec(header('authorization'));
  if (!credential) return ['AuthFailure.InvalidAuthorization', 'The Authorization header is not in the TC3 format.'];
  if (credential[1] !== account.secretId) return ['AuthFailure.SecretIdNotFound', 'The SecretId is not found.'];
  const skewSeconds = Math.abs((account.now ?? Date.now)() / 1000 - timestampSeconds);
  if (!(skewSeconds <= maxSkewSeconds)) return ['AuthFailure.SignatureExpire', 'The timestamp differs too much.'];
  const expected = officialAuthorization({
    secretId: account.secretId,
    secretKey: account.secretKey,
    service: 'sms',
    url: `http://${header('host')}${path}`,
    timestampSeconds,
    contentType: header('content-type'),
    body,
  });
  if (method !== 'POST' || header('authorization') !== expected) {
    return ['AuthFailure.SignatureFailure', 'The provided credentials could not be validated.'];
  }
  const action = actions[header('x-tc-action')];
  if (!action) return ['InvalidAction', 'The requested action is invalid.'];
  if (header('x-tc-version') !== '2021-01-11') return ['NoSuchVersion', 'The requested version is invalid.'];
  if (!header('x-tc-region')) return ['MissingParameter', 'The request is missing a required parameter `Region`.'];
  return checkParameters(body, action);
}

/** What an action takes, by the kind of each value, and what it does not go without. */
type Action = { numbers?: string[]; texts: string[]; sets?: string[]; mandatory: string[] };

const actions: Record<string, Action> = {
  SendSms: {
    texts: ['SmsSdkAppId', 'TemplateId', 'SignName', 'ExtendCode', 'SessionContext', 'SenderId'],
    sets: ['PhoneNumberSet', 'TemplateParamSet'],
    mandatory: ['PhoneNumberSet', 'SmsSdkAppId', 'TemplateId'],
  },
  PullSmsSendStatus: { texts: ['SmsSdkAppId'], numbers: ['Limit'], mandatory: ['SmsSdkAppId', 'Limit'] },
  PullSmsSendStatusByPhoneNumber: {
    texts: ['SmsSdkAppId', 'PhoneNumber'],
    numbers: ['BeginTime', 'EndTime', 'Offset', 'Limit'],
    mandatory: ['SmsSdkAppId', 'PhoneNumber', 'BeginTime', 'Limit'],
  },
  ReportConversion: {
    texts: ['SmsSdkAppId', 'SerialNo'],
    numbers: ['ConversionTime'],
    mandatory: ['SmsSdkAppId', 'SerialNo'],
  },
};

function checkParameters(body: string, { texts, numbers = [], sets = [], mandatory }: Action): Refusal | undefined {
  const parameters = parseObject(body);
  if (!parameters) return ['InvalidParameter', 'The body is not a JSON object.'];
  const unknown = Object.keys(parameters).find((name) => ![...texts, ...numbers, ...sets].includes(name));
  if (unknown) return ['UnknownParameter', `The parameter \`${unknown}\` is not recognized.`];
  for (const name of mandatory) {
    if (!parameters[name]) return ['MissingParameter', `The request is missing a required parameter \`${name}\`.`];
  }
  for (const [name, value] of Object.entries(parameters)) {
    const values = sets.includes(name) ? value : [value];
    const type = numbers.includes(name) ? 'number' : 'string';
    if (!Array.isArray(values) || values.some((item) => typeof item !== type)) {
      return ['InvalidParameter', `The value type of parameter \`${name}\` is not valid.`];
    }
  }
  if (sets.length > 0 && (parameters.PhoneNumberSet as string[]).length !== 1) {
    return ['InvalidParameter', 'This double takes one number a request.'];
  }
  return undefined;
}

function parseObject(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function carryOut(
  parameters: Record<string, unknown>,
  account: TencentAccount,
  messages: TencentMessage[],
): DoubleReply {
  const {
    PhoneNumberSet,
    SmsSdkAppId,
    TemplateId,
    SignName,
    TemplateParamSet = [],
    SessionContext = '',
    SenderId,
  } = parameters as Record<string, string> & { PhoneNumberSet: [string]; TemplateParamSet?: string[] };
  const [phone] = PhoneNumberSet;
  const isDomestic = phone.startsWith('+86');
  const refuse = (Code: string, Message: string) =>
    tencentStatus({ Code, Message, PhoneNumber: phone, SessionContext });
  if (SmsSdkAppId !== account.sdkAppId) {
    return refuse('UnauthorizedOperation.SmsSdkAppIdVerifyFail', 'SmsSdkAppId verification failed');
  }
  if (!/^\+[1-9]\d{6,14}$/.test(phone) || (isDomestic && !/^\+861\d{10}$/.test(phone))) {
    return refuse('InvalidParameterValue.IncorrectPhoneNumber', 'incorrect phone number');
  }
  if (SignName ? !account.signNames.includes(SignName) : isDomestic) {
    return refuse('FailedOperation.SignatureIncorrectOrUnapproved', 'signature incorrect or unapproved');
  }
  const template = account.templates[String(TemplateId)];
  if (!template || template.params !== TemplateParamSet.length) {
    return refuse('FailedOperation.TemplateIncorrectOrUnapproved', 'template incorrect or unapproved');
  }
  if (template.verification !== false && !TemplateParamSet.every((value) => /^\d{0,6}$/.test(value))) {
    return refuse('InvalidParameterValue.TemplateParameterFormatError', 'template parameter format error');
  }
  const serialNo = `2640:${String(messages.length + 1).padStart(24, '0')}`;
  messages.push({
    phone,
    templateId: String(TemplateId),
    params: TemplateParamSet,
    ...(SignName && { signName: SignName }),
    ...(SenderId && { senderId: SenderId }),
    sessionContext: SessionContext,
    serialNo,
  });
  const sent = { SerialNo: serialNo, PhoneNumber: phone, Fee: 1, SessionContext, IsoCode: isDomestic ? 'CN' : '' };
  return tencentStatus({ ...sent, Code: 'Ok', Message: 'send success' });
}
