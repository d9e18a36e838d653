import {
  type ConnectorError,
  configuration,
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
import { z } from 'zod';
import type { InfobipConfig } from './config.ts';

type InfobipRefusal = Refusal<keyof InfobipConfig>;

const hour = 3600;

/** The statuses of messages that were given up at once. */
const statuses: Record<string, [number: number, InfobipRefusal]> = {
  UNDELIVERABLE_REJECTED_OPERATOR: [4, unclear('The carrier refused the message and gave no clear reason.')],
  REJECTED_NETWORK: [6, configuration('The account cannot send to this network; ask Infobip to set it up.')],
  REJECTED_PREFIX_MISSING: [8, recipient('No network has numbers with this prefix and length.')],
  UNDELIVERABLE_NOT_DELIVERED: [9, recipient('Not delivered: mostly the number is wrong or out of reach.')],
  REJECTED_DND: [10, recipient('The recipient is on a do-not-disturb list.')],
  REJECTED_SOURCE: [11, configuration('The sender is not registered on the account.', 'from')],
  REJECTED_NOT_ENOUGH_CREDITS: [12, configuration('The account has no credit left: top it up.')],
  REJECTED_SENDER: [13, configuration('The sender is on the blocklist of the account.', 'from')],
  REJECTED_DESTINATION_BLOCKLISTED: [14, recipient('The account or the carrier has the number on a blocklist.')],
  EXPIRED_EXPIRED: [15, unclear('The message waited until its code had expired.')],
  REJECTED_PREPAID_PACKAGE_EXPIRED: [17, configuration('The credit of the account is past its date: top it up.')],
  REJECTED_DESTINATION_NOT_REGISTERED: [18, configuration('The account sends only to the numbers verified there.')],
  REJECTED_ROUTE_NOT_AVAILABLE: [19, configuration('The account is not set up to send SMS: ask Infobip.')],
  REJECTED_FLOODING_FILTER: [20, limit('Too many messages to this number: by default 20 an hour, 6 alike.', hour)],
  REJECTED_SYSTEM_ERROR: [21, unclear('Infobip had an error of its own and rejected the message.')],
  REJECTED_DUPLICATE_MESSAGE_ID: [23, unclear('Infobip got the message twice; the first one may have been sent.')],
  REJECTED_INVALID_UDH: [24, configuration('Infobip found the message malformed: check the text.', 'templates')],
  REJECTED_MESSAGE_TOO_LONG: [25, configuration('The text is longer than 4000 bytes or 25 SMS.', 'templates')],
  EXPIRED_DLR_UNKNOWN: [29, unclear('The carrier never told what came of the message.')],
  UNDELIVERABLE_NOT_SENT: [31, unclear('Infobip did not send the message and gave no reason.')],
  MISSING_TO: [51, recipient('Infobip found no number in the request.')],
  REJECTED_DESTINATION: [52, recipient('The number is not valid: no carrier has its prefix, or its length is wrong.')],
  SIGNALS_BLOCKED: [87, limit('Infobip Signals blocks the message as suspected fraud; ask Infobip if it is not.')],
  UNDELIVERABLE_REJECTED_PLATFORM: [100, unclear('Infobip could not process the message, maybe only for a while.')],
};

/**
 * Why Infobip gave a message up at once, by the number of its status: the names have changed over the years.
 * @see https://www.infobip.com/docs/developer-resources/api-fundamentals/message-status-codes
 */
export const messageRefusals: ReadonlyMap<number, InfobipRefusal & { name: string }> = new Map(
  Object.entries(statuses).map(([name, [number, refusal]]) => [number, { name, ...refusal }]),
);

/**
 * Why Infobip refused a request as a whole, by the HTTP status, which each of its codes names.
 * @see https://www.infobip.com/docs/developer-resources/api-fundamentals/handling-errors
 */
export const requestRefusals = refusalTable<InfobipRefusal>({
  E400: configuration('Infobip found a fault in the request; its words tell which.'),
  E401: configuration(
    'Infobip did not accept the API key: it is wrong, expired, or bound to other addresses.',
    'apiKey',
  ),
  E403: configuration('The API key may not send SMS: give it the scope sms:message:send.', 'apiKey'),
  E404: configuration('There is no SMS API at this address: check the base URL.', 'endpoint'),
  E429: throttled('Too many requests at once; Infobip did not process this one.'),
  E500: unclear('Infobip has a problem of its own; the message may or may not have been sent.'),
});

/** A status of a message as Infobip words it. */
export type MessageStatus = { groupName: string; id?: number; name?: string; description?: string };

type Sent = { message: Message; config: InfobipConfig };

/** The error for a message that Infobip rejected, although it took the request. */
export function refusedMessage(status: MessageStatus, reply: ProviderReply, sent: Sent): ConnectorError {
  const known = status.id === undefined ? undefined : messageRefusals.get(status.id);
  const refusal = known ?? refusalOfGroup(status.groupName);
  return refusalWith(refusal, { code: status.name ?? status.groupName, words: status.description }, reply, sent);
}

// Only what is rejected certainly never left Infobip.
function refusalOfGroup(name: string): InfobipRefusal {
  if (name === 'REJECTED') return configuration('Infobip rejected the message.');
  return unclear('Infobip took the message and gave it up.');
}

const violation = z.object({ property: z.string(), violation: z.string() });
const refusalGuard = z.object({
  errorCode: z.string(),
  description: z.string().optional(),
  violations: z.array(violation).catch([]),
});
const formerRefusalGuard = z.object({
  requestError: z.object({ serviceException: z.object({ messageId: z.string(), text: z.string().optional() }) }),
});

/**
 * The error for an answer with a status of 400 or more, in the present form of Infobip's errors or in the former one.
 * @see https://www.infobip.com/docs/developer-resources/api-fundamentals/handling-errors
 */
export function refusedRequest(reply: ProviderReply, sent: Sent): ConnectorError {
  const { status } = reply;
  const said = readRefusal(reply.json);
  if (!said && status !== 429) return unreadableReply(reply);
  const refusal =
    requestRefusals.get(isInDoubt(status) ? 'E500' : `E${status}`) ??
    configuration(`Infobip refused the request (HTTP ${status}).`);
  return refusalWith(refusal, said ?? {}, reply, sent);
}

type Said = { code?: string; words?: string | undefined };

function readRefusal(json: unknown): Said | undefined {
  const present = refusalGuard.safeParse(json);
  if (present.success) {
    const { errorCode, description, violations } = present.data;
    const faults = violations.map(({ property, violation: fault }) => `${property}: ${fault}`);
    return { code: errorCode, words: [description, ...faults].filter(Boolean).join(' ') };
  }
  const former = formerRefusalGuard.safeParse(json);
  if (!former.success) return undefined;
  const { messageId, text } = former.data.requestError.serviceException;
  return { code: messageId, words: text };
}

const maxCode = 100;

/** Infobip quotes what it refuses; neither the text nor the code nor the key may travel on in its words. */
function refusalWith(refusal: InfobipRefusal, { code, words }: Said, reply: ProviderReply, { message, config }: Sent) {
  const hide = (text: string) => hideSecrets(text, [message.text, message.variables.code, config.apiKey]);
  const wait = refusal.kind === 'limit' ? retryAfterSeconds(reply.headers) : undefined;
  return refusalError(
    reply,
    { ...refusal, retryAfterSeconds: wait ?? refusal.retryAfterSeconds },
    { code: code && hide(code).slice(0, maxCode), words, hide },
  );
}
