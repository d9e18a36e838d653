import {
  ConnectorError,
  type FailureKind,
  hideSecrets,
  type Message,
  type ProviderReply,
  retryAfterSeconds,
  unreadableReply,
} from '@sesame/connector-kit';
import { z } from 'zod';
import { credentialsOf, type TwilioConfig } from './config.ts';
import { type Refusal, refusals } from './refusals.ts';

const refusalGuard = z.object({
  code: z.number().optional(),
  message: z.string().optional(),
  more_info: z.string().optional(),
});

type Sent = { message: Message; config: TwilioConfig };

/** Twilio refuses a request that it does not process with this code, whatever the path. */
const tooManyRequests = 20429;
/**
 * The error for an answer with a status of 400 or more.
 * @see https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions
 */
export function refused(reply: ProviderReply, sent: Sent): ConnectorError {
  const { status, headers } = reply;
  const body = refusalGuard.safeParse(reply.json);
  const { code, message, more_info } = body.success ? body.data : {};
  if (code === undefined && message === undefined && status !== 429) return unreadableReply(reply);
  const refusal = code === undefined || isInDoubt(status) ? undefined : refusals.get(code);
  const kind = refusal?.kind ?? kindOf(status);
  const wait = retryAfterSeconds(headers);
  const notProcessed = kind === 'limit' && (code === tooManyRequests || (status === 429 && !refusal));
  return failure({ code, words: message, link: more_info, kind, refusal, status }, sent, {
    ...(wait !== undefined && { retryAfterSeconds: wait }),
    ...(notProcessed && { retry: true }),
  });
}

/** The error for a message that Twilio took and gave up at once, with status `failed`, `undelivered` or `canceled`. */
export function givenUp(
  reply: ProviderReply,
  { state, code, words }: { state: string; code: number | undefined; words: string | undefined },
  sent: Sent,
): ConnectorError {
  const refusal: Refusal = (code === undefined ? undefined : refusals.get(code)) ?? {
    kind: 'unclear',
    meaning: `Twilio took the message and set it to ${state}.`,
  };
  return failure({ code, words, link: undefined, kind: refusal.kind, refusal, status: reply.status }, sent);
}

/** Twilio may have processed what it answers so, whatever the body says. */
function isInDoubt(status: number): boolean {
  return status >= 500 || status === 408;
}

function kindOf(status: number): FailureKind {
  if (isInDoubt(status)) return 'unclear';
  return status === 429 ? 'limit' : 'configuration';
}

type Failure = {
  code: number | undefined;
  words: string | undefined;
  link: string | undefined;
  kind: FailureKind;
  refusal: Refusal | undefined;
  status: number;
};

function failure(
  { code, words, link, kind, refusal, status }: Failure,
  sent: Sent,
  retry: { retryAfterSeconds?: number; retry?: true } = {},
): ConnectorError {
  const meaning = refusal?.meaning ?? meaningOf(status);
  const doubt = kind === 'unclear' && status >= 400 ? ' The message may or may not have been sent.' : '';
  const more = link ? ` More: ${hide(link, sent)}` : '';
  const fields = fieldsInUse(refusal, sent.config);
  return new ConnectorError({
    kind,
    message: `${meaning}${doubt}${more}`,
    status,
    ...(code !== undefined && { providerCode: String(code) }),
    ...(words && { providerMessage: hide(words, sent) }),
    ...(fields.length > 0 && { issues: fields.map((path) => ({ path, message: meaning })) }),
    ...retry,
  });
}

/** The fields at fault that have a value; the Auth Token is not used beside an API key. */
function fieldsInUse(refusal: Refusal | undefined, config: TwilioConfig) {
  const unused = config.apiKeySID ? 'authToken' : 'apiKeySID';
  return (refusal?.fields ?? []).filter((field) => config[field] && field !== unused);
}

function meaningOf(status: number): string {
  if (status >= 500) return `Twilio has a problem of its own (HTTP ${status}).`;
  if (status === 429) return 'Twilio is limiting requests.';
  return `Twilio refused the request (HTTP ${status}).`;
}

/** Twilio quotes what it refuses; neither the text nor the code nor a secret may travel on in its words. */
function hide(words: string, { message, config }: Sent): string {
  const secrets = [message.text, message.variables.code, credentialsOf(config), config.authToken, config.apiKeySecret];
  return hideSecrets(words, secrets);
}
