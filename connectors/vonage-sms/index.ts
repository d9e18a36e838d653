import {
  countParts,
  defineConnector,
  type Message,
  type ProviderReply,
  postToProvider,
  type SendContext,
  type SendResult,
  unreadableReply,
} from '@sesame/connector-kit';
import { z } from 'zod';
import { configGuard, type VonageConfig } from './config.ts';
import { metadata } from './metadata.ts';
import { refused, refusedPart, type Sent } from './refusals.ts';
import { reports } from './reports.ts';

/** Sends verification codes with Vonage's SMS API. */
export default defineConnector({ metadata, configGuard, send, reports });

const minLifetimeMs = 20_000;
const maxLifetimeMs = 604_800_000;
const maxRefLength = 40;

/**
 * Sends one message.
 * @see https://developer.vonage.com/en/api/sms#send-an-sms
 * @throws ConnectorError of each kind; `retry` only where Vonage took no part of the message and says to come back
 */
async function send(message: Message, context: SendContext<VonageConfig>): Promise<SendResult> {
  const { config } = context;
  const reply = await postToProvider(context, {
    url: `${config.endpoint}/sms/json`,
    headers: {
      authorization: `Basic ${Buffer.from(`${config.apiKey}:${config.apiSecret}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(parametersOf(message, config)),
  });
  return { providerMessageId: acceptedId(reply, { message, config }), text: message.text };
}

function parametersOf({ to, text, lifetimeSeconds, reportUrl, messageId }: Message, { brandName }: VonageConfig) {
  return {
    from: brandName,
    to: to.replace(/^\+/, ''),
    text,
    // Sent as `text`, characters outside of the basic alphabet would be lost.
    type: countParts(text).encoding === 'UCS-2' ? 'unicode' : 'text',
    ttl: Math.min(maxLifetimeMs, Math.max(minLifetimeMs, Math.floor(lifetimeSeconds * 1000))),
    ...(reportUrl && { callback: reportUrl, 'status-report-req': 1, 'client-ref': messageId.slice(0, maxRefLength) }),
  };
}

const accepted = '0';

const partGuard = z.object({
  status: z.union([z.string().min(1), z.number()]).transform(String),
  'message-id': z.string().optional(),
  'error-text': z.string().optional(),
});
const partsGuard = z.object({ messages: z.array(partGuard).min(1) });

/**
 * The id of an accepted message. A text of several SMS has one entry for each of them, and is accepted when all are;
 * the first has the id that the message is known by.
 * @see https://developer.vonage.com/en/messaging/sms/guides/troubleshooting-sms
 */
function acceptedId(reply: ProviderReply, sent: Sent): string {
  const body = partsGuard.safeParse(reply.json);
  if (!body.success) throw refused(reply, sent);
  const { messages } = body.data;
  const missing = messages.filter(({ status }) => status !== accepted);
  const [first] = missing;
  if (first) {
    const part = { code: first.status, words: first['error-text'] };
    throw refusedPart(reply, part, { refused: missing.length, all: messages.length }, sent);
  }
  const id = messages[0]?.['message-id'];
  if (reply.status < 200 || reply.status >= 300 || !id) throw unreadableReply(reply);
  return id;
}
