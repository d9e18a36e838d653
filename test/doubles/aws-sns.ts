import { createHash, randomUUID } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import {
  type DoubleReply,
  type ProviderDouble,
  type ReceivedRequest,
  startProviderDouble,
} from '@sesame/connector-kit/provider-double';
import { SignatureV4 } from '@smithy/signature-v4';

/** Which account and region the double stands for. */
export type SnsAccount = {
  accessKeyId: string;
  accessKeySecret: string;
  sessionToken?: string;
  region: string;
  originationNumbers?: string[];
  /** Milliseconds since the epoch. */
  now?: () => number;
};

/** A message that the double accepted. */
export type SnsMessage = { messageId: string; phoneNumber: string; text: string; attributes: Record<string, string> };

/** A double of Amazon SNS in one region; `messages` holds what it accepted, oldest first. */
export type SnsDouble = ProviderDouble & { messages: SnsMessage[] };

/**
 * Starts a server that checks a Publish to a phone number as Amazon SNS does, its signature with the official signer,
 * and answers as it does. It is stricter in one thing: a parameter or an attribute that SNS does not know is refused.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export async function startSnsDouble(account: SnsAccount): Promise<SnsDouble> {
  const messages: SnsMessage[] = [];
  const double = await startProviderDouble(async (request) => {
    const parameters = new URLSearchParams(isForm(request) ? request.body : '');
    const problem = (await refuseSignature(request, account)) ?? refuseParameters(parameters, account);
    if (problem) return problem;
    const message = {
      messageId: randomUUID(),
      phoneNumber: parameters.get('PhoneNumber') ?? '',
      text: parameters.get('Message') ?? '',
      attributes: Object.fromEntries(attributesOf(parameters).map(([name, value]) => [name, value])),
    };
    messages.push(message);
    return snsAccepted(message.messageId);
  });
  return { ...double, messages };
}

/** The answer to a Publish that was accepted. */
export function snsAccepted(messageId: string): DoubleReply {
  const body =
    `<PublishResponse xmlns="${namespace}">\n  <PublishResult>\n    <MessageId>${messageId}</MessageId>\n` +
    `  </PublishResult>\n  <ResponseMetadata>\n    <RequestId>${requestId}</RequestId>\n  </ResponseMetadata>\n` +
    '</PublishResponse>\n';
  return { headers: xml, body };
}

/** An error as Amazon SNS writes it, for `replyNext`. */
export function snsError(status: number, code: string, message: string): DoubleReply {
  const escaped = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const body =
    `<ErrorResponse xmlns="${namespace}">\n  <Error>\n    <Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>\n` +
    `    <Code>${code}</Code>\n    <Message>${escaped}</Message>\n  </Error>\n` +
    `  <RequestId>${requestId}</RequestId>\n</ErrorResponse>\n`;
  return { status, headers: xml, body };
}

/** The `Authorization` header as the official signer makes it over `headers`; a session token is added to these. */
export async function officialAuthorization(request: {
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  region: string;
  service: string;
  headers: Record<string, string>;
  path: string;
  body: string;
  signingDate: Date;
}): Promise<string> {
  const { headers, path, body, signingDate, ...signer } = request;
  const signature = new SignatureV4({ ...signer, sha256: Sha256, applyChecksum: false });
  const protocolAndHost = { protocol: 'https:', hostname: headers.host ?? '' };
  const signed = await signature.sign(
    { method: 'POST', path, query: {}, headers, body, ...protocolAndHost },
    { signingDate },
  );
  return signed.headers.authorization ?? '';
}

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';
const requestId = 'f187a3c1-376f-11df-8963-01868b7c937a';
const xml = { 'content-type': 'text/xml' };
/** How far the clock of a request may be off. */
export const maxSkewMs = 15 * 60 * 1000;

function isForm({ headers }: ReceivedRequest): boolean {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded';
}

async function refuseSignature(request: ReceivedRequest, account: SnsAccount): Promise<DoubleReply | undefined> {
  const { authorization } = request.headers;
  if (!authorization) return snsError(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token');
  const parts =
    /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d{8})\/([\w-]+)\/(\w+)\/aws4_request, SignedHeaders=([a-z\d;-]+), /;
  const [, accessKeyId, , region, service, names = ''] = parts.exec(authorization) ?? [];
  const header = (name: string) => String(request.headers[name] ?? '');
  const signed = names.split(';');
  const mustBeSigned = ['host', ...Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'))];
  const date = readDate(header('x-amz-date'));
  if (!accessKeyId || !date || !mustBeSigned.every((name) => signed.includes(name))) {
    return snsError(400, 'IncompleteSignature', 'The request signature does not conform to AWS standards.');
  }
  if (accessKeyId !== account.accessKeyId || header('x-amz-security-token') !== (account.sessionToken ?? '')) {
    return snsError(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.');
  }
  if (region !== account.region || service !== 'sns') {
    return snsError(403, 'SignatureDoesNotMatch', 'Credential should be scoped to a valid region.');
  }
  if (Math.abs((account.now ?? Date.now)() - date.getTime()) > maxSkewMs) {
    return snsError(403, 'SignatureDoesNotMatch', `Signature expired: ${header('x-amz-date')} is too far from now.`);
  }
  const expected = await officialAuthorization({
    credentials: {
      accessKeyId,
      secretAccessKey: account.accessKeySecret,
      ...(account.sessionToken && { sessionToken: account.sessionToken }),
    },
    region,
    service,
    headers: Object.fromEntries(signed.map((name) => [name, header(name)])),
    path: request.path,
    body: request.body,
    signingDate: date,
  });
  const hash = request.headers['x-amz-content-sha256'] ?? sha256(request.body);
  if (request.method === 'POST' && authorization === expected && hash === sha256(request.body)) return undefined;
  return snsError(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match the signature.');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The time of an `x-amz-date` header. */
export function readDate(timestamp: string): Date | undefined {
  const iso = timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  return iso === timestamp || Number.isNaN(Date.parse(iso)) ? undefined : new Date(iso);
}

const knownParameters =
  /^(Action|Version|PhoneNumber|Message|MessageAttributes\.entry\.[1-9]\d*\.(Name|Value\.(DataType|StringValue)))$/;

/** What each attribute may hold, as the guide to text messages tells. */
const attributeRules: Record<string, RegExp> = {
  'AWS.SNS.SMS.SMSType': /^(Promotional|Transactional)$/,
  'AWS.SNS.SMS.SenderID': /^(?=.*[A-Za-z])[\w-]{1,11}$/,
  'AWS.MM.SMS.OriginationNumber': /^\+?\d{5,14}$/,
  'AWS.MM.SMS.EntityId': /^.{1,30}$/,
  'AWS.MM.SMS.TemplateId': /^.{1,30}$/,
};

function refuseParameters(parameters: URLSearchParams, account: SnsAccount): DoubleReply | undefined {
  const action = parameters.get('Action');
  if (action !== 'Publish' || parameters.get('Version') !== '2010-03-31') {
    return snsError(
      400,
      'InvalidAction',
      `Could not find operation ${action} for version ${parameters.get('Version')}`,
    );
  }
  for (const name of parameters.keys()) {
    if (!knownParameters.test(name)) return snsError(400, 'ValidationError', `Unknown parameter ${name}`);
    if (parameters.getAll(name).length > 1) return snsError(400, 'ValidationError', `${name} is given twice`);
  }
  const phoneNumber = parameters.get('PhoneNumber') ?? '';
  if (!/^\+[1-9]\d{6,14}$/.test(phoneNumber)) {
    const reason = `${phoneNumber} is not valid to publish to`;
    return invalidParameter(`PhoneNumber Reason: ${reason}`);
  }
  const text = parameters.get('Message') ?? '';
  if (text.trim() === '') return invalidParameter('Empty message');
  if (text.length > 1600) return invalidParameter('Message too long');
  return refuseAttributes(parameters, account);
}

function refuseAttributes(parameters: URLSearchParams, account: SnsAccount): DoubleReply | undefined {
  const attributes = attributesOf(parameters);
  for (const [name, value, dataType] of attributes) {
    const isKnown = Object.hasOwn(attributeRules, name) && dataType === 'String';
    if (!isKnown || !attributeRules[name]?.test(value)) {
      return snsError(400, 'ParameterValueInvalid', `The message attribute '${name}' with its value is not valid.`);
    }
  }
  if (new Set(attributes.map(([name]) => name)).size < attributes.length) {
    return snsError(400, 'ParameterValueInvalid', 'A message attribute is given twice.');
  }
  const origination = attributes.find(([name]) => name === 'AWS.MM.SMS.OriginationNumber')?.[1];
  return origination === undefined || account.originationNumbers?.includes(origination)
    ? undefined
    : invalidParameter('AWS.MM.SMS.OriginationNumber Reason: not a number of this account');
}

function invalidParameter(problem: string): DoubleReply {
  return snsError(400, 'InvalidParameter', `Invalid parameter: ${problem}`);
}

/** Entries are numbered from 1 without gaps; what comes after a gap is not read. */
function attributesOf(parameters: URLSearchParams): [name: string, value: string, dataType: string][] {
  const attributes: [string, string, string][] = [];
  for (let index = 1; parameters.has(`MessageAttributes.entry.${index}.Name`); index += 1) {
    const field = (name: string) => parameters.get(`MessageAttributes.entry.${index}.${name}`) ?? '';
    attributes.push([field('Name'), field('Value.StringValue'), field('Value.DataType')]);
  }
  return attributes;
}
