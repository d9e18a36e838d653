import { type ProviderReply, unreadableReply } from '@sesame/connector-kit';
import { z } from 'zod';
import { invalidNumber, refused, type Sent } from './refused.ts';

const acceptedGuard = z.object({ message_uuid: z.tuple([z.string().min(1)], z.unknown()) });
const notAcceptedGuard = z.object({ api_id: z.string().optional(), invalid_number: z.array(z.unknown()).min(1) });

/**
 * The id of an accepted message.
 * @see https://www.plivo.com/docs/messaging/api/message/send-a-message
 * @throws ConnectorError for every other answer
 */
export function acceptedId(reply: ProviderReply, sent: Sent): string {
  if (reply.status >= 400) throw refused(reply, sent);
  if (reply.status < 200 || reply.status >= 300) throw unreadableReply(reply);
  const accepted = acceptedGuard.safeParse(reply.json);
  if (accepted.success) return accepted.data.message_uuid[0];
  const refusal = notAcceptedGuard.safeParse(reply.json);
  throw refusal.success ? invalidNumber(reply, refusal.data.api_id, sent) : unreadableReply(reply);
}
