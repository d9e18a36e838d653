import {
  ConnectorError,
  hideSecrets,
  type Message,
  type ProviderReply,
  retryAfterSeconds,
  unreadableReply,
} from '@sesame/connector-kit';
import { z } from 'zod';
import type { VonageConfig } from './config.ts';
import { type Refusal, refusals, wrongCredentials } from './refusals.ts';

/** What was sent, and with what: neither the text nor the secret may come back in an error. */
export type Sent = { message: Message; config: VonageConfig };

/**
 * The error for a message that Vonage refused by its status, wholly or in part.
 * @param parts how many SMS of the text were refused, of how many
 */
export function refusedPart(
  reply: ProviderReply,
  { code, words }: { code: string; words: string | undefined },
  parts: { refused: number; all: number },
  sent: Sent,
): ConnectorError {
  const known = refusals.get(code) ?? unclear(`Vonage did not take the message, with status ${hide(code, sent)}.`);
  if (parts.refused < parts.all) {
    const meaning = `Vonage took only ${parts.all - parts.refused} of the ${parts.all} parts of the message.`;
    return failure(reply, { code, words, refusal: unclear(`${meaning} ${known.meaning}`) }, sent);
  }
  const refusal = isInDoubt(reply.status) ? unclear(`Vonage has a problem of its own (HTTP ${reply.status}).`) : known;
  return failure(reply, { code, words, refusal }, sent);
}

/** Errors below the level of the SMS API: problem details, and the older form of the REST APIs. */
const errorGuard = z.union([
  z
    .object({ type: z.string().optional(), title: z.string().min(1), detail: z.string().optional() })
    .transform(({ type, title, detail }) => ({ code: type?.split('#')[1], words: detail ?? title })),
  z
    .object({ 'error-code': z.union([z.string(), z.number()]), 'error-code-label': z.string() })
    .transform((error) => ({ code: String(error['error-code']), words: error['error-code-label'] })),
]);

/**
 * The error for an answer that tells of no message.
 * @see https://developer.vonage.com/en/api-errors
 */
export function refused(reply: ProviderReply, sent: Sent): ConnectorError {
  const body = errorGuard.safeParse(reply.json);
  if (reply.status < 400 || (!body.success && reply.status !== 429)) return unreadableReply(reply);
  const { code, words } = body.success ? body.data : {};
  return failure(reply, { code, words, refusal: refusalOf(reply.status) }, sent);
}

function refusalOf(status: number): Refusal {
  if (isInDoubt(status)) return unclear(`Vonage has a problem of its own (HTTP ${status}).`);
  if (status === 401) return wrongCredentials;
  if (status === 429) return { kind: 'limit', meaning: 'Vonage is limiting requests.', retry: true };
  return { kind: 'configuration', meaning: `Vonage refused the request (HTTP ${status}).` };
}

const unclear = (meaning: string): Refusal => ({
  kind: 'unclear',
  meaning: `${meaning} The message may or may not have been sent.`,
});

/** Vonage may have processed what it answers so, whatever the body says. */
function isInDoubt(status: number): boolean {
  return status >= 500 || status === 408;
}

type Failure = { code: string | undefined; words: string | undefined; refusal: Refusal };

function failure({ status, headers }: ProviderReply, { code, words, refusal }: Failure, sent: Sent): ConnectorError {
  const { kind, meaning, fields, retry } = refusal;
  const wait = kind === 'limit' ? retryAfterSeconds(headers) : undefined;
  return new ConnectorError({
    kind,
    message: meaning,
    status,
    ...(code && { providerCode: hide(code, sent) }),
    ...(words && { providerMessage: hide(words, sent) }),
    ...(fields && { issues: fields.map((path) => ({ path, message: meaning })) }),
    ...(wait !== undefined && { retryAfterSeconds: wait }),
    ...(retry && { retry }),
  });
}

/** Vonage may quote what it refuses; neither the text nor the code nor the secret may travel on in its words. */
function hide(words: string, { message, config }: Sent): string {
  return hideSecrets(words, [message.text, message.variables.code, config.apiSecret]);
}
