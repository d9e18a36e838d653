import type { FailureKind } from '@sesame/connector-kit';
import type { SnsConfig } from './config.ts';

/** What one of AWS's error codes means to an administrator. */
export type Refusal = {
  kind: FailureKind;
  meaning: string;
  fields?: readonly (keyof SnsConfig)[];
  /** AWS turns such a request away before it looks into it. */
  notProcessed?: true;
};

type Fields = Refusal['fields'];

const credentials = ['accessKeyId', 'accessKeySecret', 'sessionToken'] as const;
const clockIsOff = "This server's clock is off by more than 15 minutes; synchronise it, for example with NTP.";
const tooFast = 'Requests come too fast; Amazon SNS did not process this one.';
const forTopics = 'This concerns topics or push messages, and this connector sends neither; check the endpoint.';

const recipient: Record<string, string> = {
  'InvalidParameter: PhoneNumber': 'The recipient is not a number that Amazon SNS can send to from this region.',
  OptedOut: 'The recipient replied STOP; they get no messages of this account until they are opted in again.',
};

const limit: Record<string, string> = {
  KMSThrottling: 'AWS is limiting requests for keys.',
  RequestLimitExceeded: tooFast,
  RequestThrottled: tooFast,
  Throttled: tooFast,
  Throttling: tooFast,
  ThrottlingException: tooFast,
  TooManyRequestsException: tooFast,
};

const configuration: Record<string, readonly [meaning: string, fields?: Fields]> = {
  AccessDenied: ['The access key may not send; allow it sns:Publish.', ['accessKeyId']],
  AccessDeniedException: ['The access key may not send; allow it sns:Publish.', ['accessKeyId']],
  AuthorizationError: ['The access key may not send; allow it sns:Publish.', ['accessKeyId']],
  EndpointDisabled: [forTopics, ['endpoint']],
  ExpiredToken: ['The session token has expired; use a key of a user, which does not expire.', ['sessionToken']],
  ExpiredTokenException: [
    'The session token has expired; use a key of a user, which does not expire.',
    ['sessionToken'],
  ],
  IncompleteSignature: ['AWS could not read the signature; check the keys for characters too many.', credentials],
  InvalidAction: ['Something else than Amazon SNS answered; check the endpoint.', ['endpoint']],
  InvalidClientTokenId: ['AWS does not know the access key, or its session token is wrong or missing.', credentials],
  InvalidParameter: ['Amazon SNS refused the text, the sender or an ID; its words tell which.'],
  InvalidSecurity: ['AWS does not accept the signature; check the keys and the endpoint.', credentials],
  KMSAccessDenied: [forTopics, ['endpoint']],
  KMSDisabled: [forTopics, ['endpoint']],
  KMSInvalidState: [forTopics, ['endpoint']],
  KMSNotFound: [forTopics, ['endpoint']],
  KMSOptInRequired: ['The account is not subscribed to the service; finish its sign-up.'],
  MissingAuthenticationToken: ['The signature did not arrive; check what stands between this server and AWS.'],
  NotFound: [forTopics, ['endpoint']],
  OptInRequired: [
    'The account is not subscribed to Amazon SNS; finish its sign-up, or switch the region on.',
    ['region'],
  ],
  ParameterValueInvalid: ['Amazon SNS refused the text, the sender or an ID; its words tell which.'],
  PlatformApplicationDisabled: [forTopics, ['endpoint']],
  RequestExpired: [clockIsOff],
  SignatureDoesNotMatch: [
    'The secret access key is wrong, or the endpoint is in another region.',
    ['accessKeySecret', 'region'],
  ],
  'SignatureDoesNotMatch: Signature expired': [clockIsOff],
  UnrecognizedClientException: ['AWS does not know the access key.', credentials],
  UserError: ['Amazon SNS refused a parameter; its words tell which.'],
  ValidationError: ['Amazon SNS refused a parameter; its words tell which.'],
  ValidationException: ['Amazon SNS refused a parameter; its words tell which.'],
};

const unclear: Record<string, string> = {
  InternalError: 'Amazon SNS had an internal error.',
  InternalFailure: 'AWS had an internal error.',
  ServiceUnavailable: 'Amazon SNS is not available at the moment.',
};

const all = (kind: FailureKind, meanings: Record<string, string>): [string, Refusal][] =>
  Object.entries(meanings).map(([code, meaning]) => [
    code,
    { kind, meaning, ...(meaning === tooFast && { notProcessed: true }) },
  ]);

/**
 * What each error code means that a send can meet. A few codes stand for several things, which only AWS's words tell
 * apart; those have an entry of their own, with the words after a colon.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html#API_Publish_Errors
 * @see https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html
 */
export const refusals: ReadonlyMap<string, Refusal> = new Map([
  ...all('recipient', recipient),
  ...all('limit', limit),
  ...Object.entries(configuration).map(([code, [meaning, fields]]): [string, Refusal] => [
    code,
    { kind: 'configuration', meaning, ...(fields && { fields }) },
  ]),
  ...all('unclear', unclear),
]);

const toldByWords: [code: string, words: RegExp, key: string][] = [
  ['InvalidParameter', /^Invalid parameter: Phone ?Number\b/i, 'InvalidParameter: PhoneNumber'],
  ['SignatureDoesNotMatch', /^Signature (expired|not yet current)/i, 'SignatureDoesNotMatch: Signature expired'],
];

/** What a code means, with AWS's words where these matter; `undefined` for a code that is not known. */
export function refusalFor(code: string, words: string): Refusal | undefined {
  const special = toldByWords.find(([ofCode, pattern]) => ofCode === code && pattern.test(words));
  return refusals.get(special?.[2] ?? code);
}
