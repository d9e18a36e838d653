import {
  type ConnectorError,
  configuration,
  doubt,
  hideSecrets,
  isInDoubt,
  type Message,
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
import type { PlivoConfig } from './config.ts';

type PlivoRefusal = Refusal<keyof PlivoConfig>;

/** What is said of a recipient that Plivo does not take. */
export const notANumber = recipient('The recipient is not a valid phone number.');

/**
 * Words that tell more than the HTTP status, in lower case. Plivo's refusals have no codes of their own; those of its
 * logs come after a message was accepted.
 */
export const refusalsByWords = refusalTable({
  'insufficient credit': configuration('The account has no credit left; top it up. Plivo takes up to two minutes.'),
  verified: configuration('Something has to be verified first: on a trial account, the number of the recipient.'),
});

/**
 * What each HTTP status means; 408 and those of 500 and more are unclear.
 * @see https://www.plivo.com/docs/account/api/overview
 */
export const refusalsByStatus = refusalTable<PlivoRefusal>({
  400: configuration('A parameter is missing or not valid; the words of Plivo tell which.'),
  401: configuration('Plivo did not accept the Auth ID and the Auth Token.', 'authId', 'authToken'),
  403: configuration('Messages to this country are switched off: Plivo console, Messaging, Settings, Geo Permissions.'),
  404: configuration('There is no such account or Powerpack.', 'authId', 'powerpackUuid', 'endpoint'),
  405: configuration('This is not the address of the Message API.', 'endpoint'),
  429: throttled('Too many requests at once; Plivo did not process this one.'),
});

/** What was sent, and with what: neither the text nor the token may come back in an error. */
export type Sent = { message: Message; config: PlivoConfig };

/** Each answer of Plivo's has an `api_id`, each refusal words under `error`. */
const refusalGuard = z
  .object({ api_id: z.string().optional().catch(undefined), error: z.string().optional().catch(undefined) })
  .refine(({ api_id, error }) => api_id || error);

/** These are refusals whatever the body says; Plivo has been seen to answer 401 with plain text. */
const tellingStatuses = new Set([401, 429]);

/**
 * The error for an answer with a status of 400 or more.
 * @see https://www.plivo.com/docs/account/api/overview
 */
export function refused(reply: ProviderReply, sent: Sent): ConnectorError {
  const body = refusalGuard.safeParse(reply.json);
  if (!body.success && !tellingStatuses.has(reply.status)) return unreadableReply(reply);
  const { api_id, error } = body.success ? body.data : {};
  return refusalWith(refusalOf(reply.status, error, sent.message), { apiId: api_id, words: error }, reply, sent);
}

/** The error for an answer that counts the recipient among the numbers that are not valid. */
export function invalidNumber(reply: ProviderReply, apiId: string | undefined, sent: Sent): ConnectorError {
  return refusalWith(notANumber, { apiId }, reply, sent);
}

/** What these mean depends on the words. */
const statusesWithReasons = new Set([400, 403]);

function refusalOf(status: number, words = '', { to }: Message): PlivoRefusal {
  if (isInDoubt(status)) return unclear(`Plivo has a problem of its own (HTTP ${status}). ${doubt}`);
  const known = refusalsByStatus.get(String(status));
  if (known && !statusesWithReasons.has(status)) return known;
  const lowerCase = words.toLowerCase();
  for (const [telling, refusal] of refusalsByWords) if (lowerCase.includes(telling)) return refusal;
  // The same words are said of a sender that is not valid; only the number that they quote tells.
  if (lowerCase.includes('not a valid phone number') && words.includes(to.replace(/^\+/, ''))) return notANumber;
  return known ?? configuration(`Plivo refused the request (HTTP ${status}).`);
}

type Said = { apiId: string | undefined; words?: string | undefined };

/** Plivo quotes what it refuses; neither the text nor the code nor the token may travel on in its words. */
function refusalWith(refusal: PlivoRefusal, { apiId, words }: Said, reply: ProviderReply, { message, config }: Sent) {
  const hide = (text: string) => hideSecrets(text, [message.text, message.variables.code, config.authToken]);
  return refusalError(reply, refusal, { words, notes: [apiId && `(api_id ${apiId})`], config, hide });
}
