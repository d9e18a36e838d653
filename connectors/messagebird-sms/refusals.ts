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
  type ReplyHeaders,
  recipient,
  refusalError,
  refusalTable,
  retryAfterSeconds,
  throttled,
  unclear,
  unreadableReply,
} from '@sesame/connector-kit';
import { z } from 'zod';
import type { MessageBirdConfig } from './config.ts';

type MessageBirdRefusal = Refusal<keyof MessageBirdConfig>;

const noRecipient = recipient('The recipient is not a number that MessageBird can send to.');
const badOriginator = configuration('MessageBird does not accept the originator.', 'originator');
const badText = configuration('MessageBird does not accept the text.', 'templates');

/**
 * What each error code means that a send can meet. Codes 9 and 10 stand for any parameter, so these have entries of
 * their own for those that differ, with the parameter after a colon.
 * @see https://developers.messagebird.com/api/#errors
 */
export const refusals = refusalTable<MessageBirdRefusal>({
  2: configuration('MessageBird does not accept the access key.', 'accessKey'),
  9: configuration('A parameter is missing; check the configuration.'),
  '9: body': badText,
  '9: originator': badOriginator,
  '9: recipients': noRecipient,
  '9: test period': configuration('With test credits MessageBird sends to your own number only; buy credits.'),
  10: configuration('MessageBird does not accept a parameter; check the configuration.'),
  '10: body': badText,
  '10: originator': badOriginator,
  '10: recipients': noRecipient,
  20: configuration('MessageBird knows nothing under this address; check the endpoint.', 'endpoint'),
  21: configuration('MessageBird could not read the request; check the endpoint.', 'endpoint'),
  25: configuration('The balance is used up; top it up.'),
  98: configuration('There is no such API; check the endpoint.', 'endpoint'),
  99: unclear('MessageBird had an internal error.'),
});

/** What an error means; `undefined` for a code that is not known. */
export function refusalFor(
  code: number,
  parameter: string | null | undefined,
  words: string,
): MessageBirdRefusal | undefined {
  const about = /\btest (period|credits)\b/i.test(words)
    ? 'test period'
    : parameter?.replace(/^recipient$/, 'recipients');
  return refusals.get(`${code}: ${about}`) ?? refusals.get(String(code));
}

/** What the reason means with which MessageBird takes a message and gives it up at once. */
export const givenUpReasons = refusalTable<MessageBirdRefusal>({
  'capacity limit reached': limit('Too many messages at once for the route.'),
  'carrier rejected': configuration('The carrier rejected the message; register the originator, or change the text.'),
  expired: unclear('The message expired before it could be sent.'),
  'incorrect number': recipient('The number does not exist.'),
  'insufficient balance': configuration('The balance is used up; top it up.'),
  'opted out': recipient('The recipient opted out of messages of this originator.'),
  'unavailable subscriber': recipient('The phone is off or out of reach.'),
  'unknown subscriber': recipient('The carrier does not know the number.'),
});

/** What was sent; nothing of it that is secret may come back in an error. */
export type Sent = { text: string; variables: Message['variables']; config: MessageBirdConfig };

const errorsGuard = z.object({
  errors: z
    .array(z.object({ code: z.number(), description: z.string().nullish(), parameter: z.string().nullish() }))
    .min(1),
});

/** The error for a reply that holds errors, or that has a status of 400 or more; `undefined` for others and redirects. */
export function refused(reply: ProviderReply, sent: Sent): ConnectorError | undefined {
  const { status, headers } = reply;
  if (status >= 300 && status < 400) return undefined;
  const errors = errorsGuard.safeParse(reply.json).data?.errors ?? [];
  if (errors.length === 0) {
    if (status < 400) return undefined;
    if (status !== 429) return unreadableReply(reply);
  }
  const read = errors.map(({ code, description, parameter }) => {
    const known = isInDoubt(status) ? undefined : refusalFor(code, parameter, description ?? '');
    return { code, refusal: known ?? refusalOf(status) };
  });
  // What concerns us outweighs what concerns the recipient: an administrator has to see it.
  const first = read.find(({ refusal }) => refusal.kind === 'configuration') ?? read[0];
  const refusal = first?.refusal ?? refusalOf(status);
  const words = errors.flatMap(({ description }) => description || []).join('; ');
  // Whatever is refused, the header tells when to come back.
  const withWait = { ...refusal, retryAfterSeconds: retryAfterSeconds(headers) };
  return refusalWith(withWait, { code: first?.code, words }, reply, sent);
}

/** The error for a message that MessageBird took and gave up at once. */
export function givenUp(
  { status }: ProviderReply,
  { reason, code }: { reason: string; code: number | undefined },
  sent: Sent,
): ConnectorError {
  const refusal =
    givenUpReasons.get(reason.toLowerCase()) ?? unclear('MessageBird took the message and could not deliver it.');
  return refusalWith(refusal, { code, words: reason }, { status }, sent);
}

function refusalOf(status: number): MessageBirdRefusal {
  if (isInDoubt(status)) return unclear(`MessageBird has a problem of its own (HTTP ${status}).`);
  if (status === 429) return throttled('Requests come too fast; MessageBird did not process this one.');
  return configuration(`MessageBird refused the request (HTTP ${status}).`);
}

type Said = { code: number | undefined; words: string };

/** MessageBird quotes what it refuses; neither the text nor the code nor the key may travel on in its words. */
function refusalWith(
  refusal: MessageBirdRefusal,
  said: Said,
  reply: { status: number; headers?: ReplyHeaders },
  { text, variables, config }: Sent,
) {
  const hide = (words: string) => hideSecrets(words, [text, variables.code, config.accessKey]);
  return refusalError(reply, refusal, { ...said, notes: [refusal.kind === 'unclear' && doubt], hide });
}
