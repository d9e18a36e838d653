import {
  type ConnectorError,
  configuration,
  doubt,
  hideSecrets,
  isInDoubt,
  limit,
  type Message,
  type ProviderReply,
  type Refusal,
  recipient,
  refusalError,
  refusalTable,
  retryAfterSeconds,
  throttled,
  unclear,
  unreadableReply,
} from '@sesame/connector-kit';
import type { SnsConfig } from './config.ts';
import { readXml } from './xml.ts';

type SnsRefusal = Refusal<keyof SnsConfig>;

const credentials = ['accessKeyId', 'accessKeySecret', 'sessionToken'] as const;
const tooFast = throttled('Requests come too fast; Amazon SNS did not process this one.');
const mayNotSend = configuration('The access key may not send; allow it sns:Publish.', 'accessKeyId');
const expired = configuration(
  'The session token has expired; use a key of a user, which does not expire.',
  'sessionToken',
);
const clockIsOff = configuration(
  "This server's clock is off by more than 15 minutes; synchronise it, for example with NTP.",
);
const badMessage = configuration('Amazon SNS refused the text, the sender or an ID; its words tell which.');
const badParameter = configuration('Amazon SNS refused a parameter; its words tell which.');
const forTopics = configuration(
  'This concerns topics or push messages, and this connector sends neither; check the endpoint.',
  'endpoint',
);

/**
 * What each error code means that a send can meet. A few codes stand for several things, which only AWS's words tell
 * apart; those have an entry of their own, with the words after a colon.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html#API_Publish_Errors
 * @see https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html
 */
export const refusals = refusalTable<SnsRefusal>({
  'InvalidParameter: PhoneNumber': recipient(
    'The recipient is not a number that Amazon SNS can send to from this region.',
  ),
  OptedOut: recipient(
    'The recipient replied STOP; they get no messages of this account until they are opted in again.',
  ),

  KMSThrottling: limit('AWS is limiting requests for keys.'),
  RequestLimitExceeded: tooFast,
  RequestThrottled: tooFast,
  Throttled: tooFast,
  Throttling: tooFast,
  ThrottlingException: tooFast,
  TooManyRequestsException: tooFast,

  AccessDenied: mayNotSend,
  AccessDeniedException: mayNotSend,
  AuthorizationError: mayNotSend,
  EndpointDisabled: forTopics,
  ExpiredToken: expired,
  ExpiredTokenException: expired,
  IncompleteSignature: configuration(
    'AWS could not read the signature; check the keys for characters too many.',
    ...credentials,
  ),
  InvalidAction: configuration('Something else than Amazon SNS answered; check the endpoint.', 'endpoint'),
  InvalidClientTokenId: configuration(
    'AWS does not know the access key, or its session token is wrong or missing.',
    ...credentials,
  ),
  InvalidParameter: badMessage,
  InvalidSecurity: configuration('AWS does not accept the signature; check the keys and the endpoint.', ...credentials),
  KMSAccessDenied: forTopics,
  KMSDisabled: forTopics,
  KMSInvalidState: forTopics,
  KMSNotFound: forTopics,
  KMSOptInRequired: configuration('The account is not subscribed to the service; finish its sign-up.'),
  MissingAuthenticationToken: configuration(
    'The signature did not arrive; check what stands between this server and AWS.',
  ),
  NotFound: forTopics,
  OptInRequired: configuration(
    'The account is not subscribed to Amazon SNS; finish its sign-up, or switch the region on.',
    'region',
  ),
  ParameterValueInvalid: badMessage,
  PlatformApplicationDisabled: forTopics,
  RequestExpired: clockIsOff,
  SignatureDoesNotMatch: configuration(
    'The secret access key is wrong, or the endpoint is in another region.',
    'accessKeySecret',
    'region',
  ),
  'SignatureDoesNotMatch: Signature expired': clockIsOff,
  UnrecognizedClientException: configuration('AWS does not know the access key.', ...credentials),
  UserError: badParameter,
  ValidationError: badParameter,
  ValidationException: badParameter,

  InternalError: unclear('Amazon SNS had an internal error.'),
  InternalFailure: unclear('AWS had an internal error.'),
  ServiceUnavailable: unclear('Amazon SNS is not available at the moment.'),
});

const toldByWords: [code: string, words: RegExp, key: string][] = [
  ['InvalidParameter', /^Invalid parameter: Phone ?Number\b/i, 'InvalidParameter: PhoneNumber'],
  ['SignatureDoesNotMatch', /^Signature (expired|not yet current)/i, 'SignatureDoesNotMatch: Signature expired'],
];

/** What a code means, with AWS's words where these matter; `undefined` for a code that is not known. */
function refusalFor(code: string, words: string): SnsRefusal | undefined {
  const special = toldByWords.find(([ofCode, pattern]) => ofCode === code && pattern.test(words));
  return refusals.get(special?.[2] ?? code);
}

/** What was sent; nothing of it that is secret may come back in an error. */
type Sent = { text: string; variables: Message['variables']; config: SnsConfig };

/** The error for an answer with a status of 400 or more. */
export function refused(reply: ProviderReply, sent: Sent): ConnectorError {
  const { status, headers } = reply;
  const body = readXml(reply.text, 'ErrorResponse');
  const code = body?.get('Code');
  if (!code && status !== 429) return unreadableReply(reply);
  const words = body?.get('Message') ?? '';
  const requestId = body?.get('RequestId') ?? headers.get('x-amzn-requestid');
  const known = code && !isInDoubt(status) ? refusalFor(code, words) : undefined;
  const refusal = { ...(known ?? refusalOf(status)), retryAfterSeconds: retryAfterSeconds(headers) };
  const notes = [refusal.kind === 'unclear' && doubt, requestId ? `(RequestId ${requestId})` : ''];
  return refusalError(reply, refusal, { code, words, notes, config: sent.config, hide: (text) => hide(text, sent) });
}

function refusalOf(status: number): SnsRefusal {
  if (status >= 500) return unclear(`AWS has a problem of its own (HTTP ${status}).`);
  if (status === 429) return throttled('AWS is limiting requests.');
  const meaning = `Amazon SNS refused the request (HTTP ${status}).`;
  return isInDoubt(status) ? unclear(meaning) : configuration(meaning);
}

/**
 * AWS quotes what it refuses; neither the text nor the code nor a secret may travel on in its words. Where a signature
 * does not match, it quotes the hash of the request as well, out of which anyone could work out a six-digit code.
 */
function hide(words: string, { text, variables, config }: Sent): string {
  const withoutHashes = words.replace(/\b[\da-f]{64}\b/gi, '[hidden]');
  return hideSecrets(withoutHashes, [text, variables.code, config.accessKeySecret, config.sessionToken]);
}
