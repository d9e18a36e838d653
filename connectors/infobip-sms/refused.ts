import {
  ConnectorError,
  hideSecrets,
  type Message,
  type ProviderReply,
  retryAfterSeconds,
  unreadableReply,
} from '@sesame/connector-kit';
import { z } from 'zod';
import type { InfobipConfig } from './config.ts';
import { messageRefusals, type Refusal, requestRefusals } from './refusals.ts';

/** A status of a message as Infobip words it. */
export type MessageStatus = { groupName: string; id?: number; name?: string; description?: string };

type Sent = { message: Message; config: InfobipConfig };

/** The error for a message that Infobip rejected, although it took the request. */
export function refusedMessage(status: MessageStatus, reply: ProviderReply, sent: Sent): ConnectorError {
  const known = status.id === undefined ? undefined : messageRefusals.get(status.id);
  const refusal = known ?? refusalOfGroup(status.groupName);
  const code = status.name ?? status.groupName;
  return failure(refusal, { code, words: status.description }, reply, sent);
}

// Only what is rejected certainly never left Infobip.
function refusalOfGroup(name: string): Refusal {
  if (name === 'REJECTED') return { name, kind: 'configuration', meaning: 'Infobip rejected the message.' };
  return { name, kind: 'unclear', meaning: 'Infobip took the message and gave it up.' };
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
  const refusal = requestRefusals.get(status >= 500 || status === 408 ? 'E500' : `E${status}`) ?? {
    name: `E${status}`,
    kind: 'configuration',
    meaning: `Infobip refused the request (HTTP ${status}).`,
  };
  return failure(refusal, said ?? {}, reply, sent);
}

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

type Said = { code?: string; words?: string | undefined };

const maxCode = 100;

function failure(refusal: Refusal, { code, words }: Said, { status, headers }: ProviderReply, sent: Sent) {
  const { kind, meaning, fields = [] } = refusal;
  const seconds = kind === 'limit' ? (retryAfterSeconds(headers) ?? refusal.retryAfterSeconds) : undefined;
  return new ConnectorError({
    kind,
    message: meaning,
    status,
    ...(code && { providerCode: hide(code, sent, maxCode) }),
    ...(words && { providerMessage: hide(words, sent) }),
    ...(fields.length > 0 && { issues: fields.map((path) => ({ path, message: meaning })) }),
    ...(seconds && { retryAfterSeconds: seconds }),
    // A throttled request never reaches the SMS service.
    ...(status === 429 && { retry: true }),
  });
}

/** Infobip quotes what it refuses; neither the text nor the code nor the key may travel on in its words. */
function hide(words: string, { message, config }: Sent, maxLength?: number): string {
  return hideSecrets(words, [message.text, message.variables.code, config.apiKey], maxLength);
}
