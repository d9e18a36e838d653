import {
  ConnectorError,
  hideSecrets,
  type Message,
  type ProviderReply,
  retryAfterSeconds,
  unreadableReply,
} from '@sesame/connector-kit';
import { z } from 'zod';
import type { PlivoConfig } from './config.ts';
import { notANumber, type Refusal, refusalsByStatus, refusalsByWords } from './refusals.ts';

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
  return failure(reply, { apiId: api_id, words: error, refusal: refusalOf(reply.status, error, sent.message) }, sent);
}

/** The error for an answer that counts the recipient among the numbers that are not valid. */
export function invalidNumber(reply: ProviderReply, apiId: string | undefined, sent: Sent): ConnectorError {
  return failure(reply, { apiId, words: undefined, refusal: notANumber }, sent);
}

/** What these mean depends on the words. */
const statusesWithReasons = new Set([400, 403]);

function refusalOf(status: number, words = '', { to }: Message): Refusal {
  if (status >= 500 || status === 408) {
    const meaning = `Plivo has a problem of its own (HTTP ${status}). The message may or may not have been sent.`;
    return { kind: 'unclear', meaning };
  }
  const known = refusalsByStatus.get(status);
  if (known && !statusesWithReasons.has(status)) return known;
  const lowerCase = words.toLowerCase();
  for (const [telling, refusal] of refusalsByWords) if (lowerCase.includes(telling)) return refusal;
  // The same words are said of a sender that is not valid; only the number that they quote tells.
  if (lowerCase.includes('not a valid phone number') && words.includes(to.replace(/^\+/, ''))) return notANumber;
  return known ?? { kind: 'configuration', meaning: `Plivo refused the request (HTTP ${status}).` };
}

type Failure = { apiId: string | undefined; words: string | undefined; refusal: Refusal };

function failure({ status, headers }: ProviderReply, { apiId, words, refusal }: Failure, sent: Sent): ConnectorError {
  const { kind, meaning, fields = [], retry } = refusal;
  const inUse = fields.filter((field) => sent.config[field]);
  const wait = kind === 'limit' ? retryAfterSeconds(headers) : undefined;
  return new ConnectorError({
    kind,
    message: apiId ? `${meaning} (api_id ${hide(apiId, sent)})` : meaning,
    status,
    ...(words && { providerMessage: hide(words, sent) }),
    ...(inUse.length > 0 && { issues: inUse.map((path) => ({ path, message: meaning })) }),
    ...(wait !== undefined && { retryAfterSeconds: wait }),
    ...(retry && { retry }),
  });
}

/** Plivo quotes what it refuses; neither the text nor the code nor the token may travel on in its words. */
function hide(words: string, { message, config }: Sent): string {
  return hideSecrets(words, [message.text, message.variables.code, config.authToken]);
}
