import { type ProviderReply, unreadableReply } from '@sesame/connector-kit';
import { z } from 'zod';
import { refused, refusedPart, type Sent } from './refused.ts';

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
 * @throws ConnectorError for everything else, whatever the HTTP status
 */
export function acceptedId(reply: ProviderReply, sent: Sent): string {
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
