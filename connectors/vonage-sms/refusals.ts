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
import type { VonageConfig } from './config.ts';

type VonageRefusal = Refusal<keyof VonageConfig>;

const wrongCredentials = configuration('Vonage did not accept the API key and the API secret.', 'apiKey', 'apiSecret');

/**
 * Each status other than 0 that a message may come back with; statuses that are not here are unclear.
 * @see https://developer.vonage.com/en/messaging/sms/guides/troubleshooting-sms
 */
export const refusals = refusalTable<VonageRefusal>({
  1: throttled('The account sends faster than it may; Vonage did not take the message.'),
  2: configuration('The sender or the text of the message is empty.', 'templates'),
  3: configuration('Vonage did not accept a value of the message; its words tell which.'),
  4: wrongCredentials,
  5: unclear('Vonage had an error of its own while it processed the message.'),
  6: recipient('Vonage cannot reach this number; its prefix may not exist.'),
  7: recipient('The recipient is on the list of barred numbers.'),
  8: configuration('The account is suspended; ask Vonage why.'),
  9: configuration('The account has no credit left; top it up.'),
  10: throttled('The account has too many connections to Vonage at once.'),
  11: configuration('The account is not enabled for the SMS API; ask Vonage.'),
  12: configuration('The text is too long.', 'templates'),
  14: configuration('Vonage could not verify a signature; Sesame does not sign, so it must not be demanded.'),
  15: configuration(
    'This sender may not be used for this destination; the United States and Canada need a Vonage number.',
    'brandName',
  ),
  22: configuration('Vonage does not know the network of the recipient.'),
  23: configuration('The address for delivery receipts in the API Settings is not valid.'),
  29: configuration(
    'The account is in demo mode and sends to listed numbers only; add this one, or top up the account.',
  ),
  32: configuration('A signed request may not carry the API secret as well.'),
  33: recipient('The number is no longer in use.'),
});

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
  const hide = hiding(sent);
  const known = refusals.get(code) ?? doubtful(`Vonage did not take the message, with status ${hide(code)}.`);
  if (parts.refused < parts.all) {
    const meaning = `Vonage took only ${parts.all - parts.refused} of the ${parts.all} parts of the message.`;
    return refusalError(reply, doubtful(`${meaning} ${known.meaning}`), { code, words, hide });
  }
  const refusal = isInDoubt(reply.status) ? outage(reply.status) : known;
  return refusalError(reply, refusal, { code, words, hide });
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
  return refusalError(reply, refusalOf(reply.status), { ...body.data, hide: hiding(sent) });
}

function refusalOf(status: number): VonageRefusal {
  if (isInDoubt(status)) return outage(status);
  if (status === 401) return wrongCredentials;
  if (status === 429) return throttled('Vonage is limiting requests.');
  return configuration(`Vonage refused the request (HTTP ${status}).`);
}

const outage = (status: number) => doubtful(`Vonage has a problem of its own (HTTP ${status}).`);

const doubtful = (meaning: string) => unclear(`${meaning} ${doubt}`);

/** Vonage may quote what it refuses; neither the text nor the code nor the secret may travel on in its words. */
const hiding =
  ({ message, config }: Sent) =>
  (words: string) =>
    hideSecrets(words, [message.text, message.variables.code, config.apiSecret]);
