import {
  type ConnectorError,
  configuration,
  doubt,
  hideSecrets,
  isInDoubt,
  limit,
  type Message,
  maskEmailsIn,
  type ProviderReply,
  type Refusal,
  recipient,
  refusalError,
  refusalTable,
  throttled,
  unclear,
  unreadableReply,
} from '@sesame/connector-kit';
import { z } from 'zod';
import type { SesConfig } from './config.ts';

type SesRefusal = Refusal<keyof SesConfig>;

const keys = ['accessKeyId', 'accessKeySecret'] as const;
const wrongKeys = configuration('AWS does not accept the access key; check both parts of it.', ...keys);
const mayNotSend = configuration('The access key may not send; allow it ses:SendEmail.', 'accessKeyId');
const tooFast = throttled('Requests come too fast; Amazon SES did not process this one.');
const notVerified = configuration(
  'Amazon SES has not verified the sender, or the account is in the sandbox and the recipient is not verified.',
  'emailAddress',
  'emailAddressIdentityArn',
);
const paused = configuration('AWS has stopped the account from sending mails; see the SES console.');

/**
 * What each error means that a send can meet. Some stand for several things, which only AWS's words tell apart; those have
 * an entry of their own, with the words after a colon.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html#API_SendEmail_Errors
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/CommonErrors.html
 */
export const refusals = refusalTable<SesRefusal>({
  AccessDeniedException: mayNotSend,
  AccountSuspendedException: paused,
  BadRequestException: configuration('Amazon SES refused the request; its words tell why.'),
  'BadRequestException: address': recipient('Amazon SES does not take this address.'),
  ExpiredTokenException: wrongKeys,
  IncompleteSignature: wrongKeys,
  InternalFailure: unclear('Amazon SES had an internal error.'),
  InvalidClientTokenId: wrongKeys,
  InvalidSignatureException: configuration(
    'The secret access key is wrong, the region is another one, or the clock of this server is off.',
    'accessKeySecret',
    'region',
  ),
  LimitExceededException: limit('The account has sent as many mails as it may.'),
  MailFromDomainNotVerifiedException: configuration(
    'The MAIL FROM domain of the sender is not verified.',
    'emailAddress',
  ),
  MessageRejected: configuration('Amazon SES refused what the mail says; check the templates.', 'templates'),
  'MessageRejected: not verified': notVerified,
  MissingAuthenticationTokenException: configuration(
    'The signature did not arrive; check what stands between this server and AWS.',
  ),
  NotFoundException: configuration(
    'Amazon SES knows no such configuration set or identity in this region.',
    'configurationSetName',
    'emailAddressIdentityArn',
    'region',
  ),
  OptInRequired: configuration('The account is not subscribed to Amazon SES in this region.', 'region'),
  SendingPausedException: paused,
  ServiceUnavailable: unclear('Amazon SES is not available at the moment.'),
  SignatureDoesNotMatch: configuration('The secret access key is wrong.', 'accessKeySecret'),
  ThrottlingException: tooFast,
  'ThrottlingException: Daily': limit('The daily quota of the account is used up; raise it in the SES console.'),
  TooManyRequestsException: tooFast,
  'TooManyRequestsException: Daily': limit('The daily quota of the account is used up; raise it in the SES console.'),
  UnrecognizedClientException: wrongKeys,
  ValidationException: configuration('Amazon SES refused a parameter; its words tell which.'),
});

const toldByWords: [code: RegExp, words: RegExp, suffix: string][] = [
  [/^MessageRejected$/, /not verified/i, 'not verified'],
  [/^(?:ThrottlingException|TooManyRequestsException)$/, /daily/i, 'Daily'],
  [
    /^BadRequestException$/,
    /(?:local|illegal|invalid|missing).{0,40}(?:address|domain)|domain (?:starts|ends|contains)/i,
    'address',
  ],
];

const errorGuard = z.object({
  message: z.string().optional(),
  Message: z.string().optional(),
  __type: z.string().optional(),
});

/** What was sent; nothing of it that is secret may come back in an error. */
type Sent = Pick<Message, 'text' | 'variables' | 'mail'> & { config: SesConfig };

/** The error for an answer with a status of 400 or more. */
export function refused(reply: ProviderReply, sent: Sent): ConnectorError {
  const { status, headers } = reply;
  const said = errorGuard.safeParse(reply.json).data;
  // `BadRequestException:http://internal.amazon.com/…` in a header, `com.amazonaws.ses#BadRequestException` in the body.
  const type = headers.get('x-amzn-errortype') ?? said?.__type?.split('#').at(-1);
  const code = /^\w{1,100}/.exec(type ?? '')?.[0];
  if (!code && status !== 429) return unreadableReply(reply);
  const words = said?.message ?? said?.Message ?? '';
  const known = code && !isInDoubt(status) ? refusalFor(code, words) : undefined;
  const refusal = known ?? refusalOf(status);
  const requestId = headers.get('x-amzn-requestid');
  const notes = [refusal.kind === 'unclear' && doubt, requestId ? `(RequestId ${requestId})` : ''];
  return refusalError(reply, refusal, { code, words, notes, config: sent.config, hide: (text) => hide(text, sent) });
}

function refusalFor(code: string, words: string): SesRefusal | undefined {
  const [, , suffix] = toldByWords.find(([ofCode, pattern]) => ofCode.test(code) && pattern.test(words)) ?? [];
  return refusals.get(suffix ? `${code}: ${suffix}` : code);
}

function refusalOf(status: number): SesRefusal {
  if (isInDoubt(status)) return unclear(`AWS has a problem of its own (HTTP ${status}).`);
  if (status === 429) return tooFast;
  return configuration(`Amazon SES refused the request (HTTP ${status}).`);
}

/** AWS quotes what it refuses: addresses, and the hash of the request, out of which anyone could work out a short code. */
function hide(words: string, { text, variables, mail, config }: Sent): string {
  const withoutHashes = words.replace(/\b[\da-f]{64}\b/gi, '[hidden]');
  return maskEmailsIn(hideSecrets(withoutHashes, [mail?.html, text, variables.code, config.accessKeySecret]));
}
