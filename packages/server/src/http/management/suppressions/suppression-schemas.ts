import { z } from 'zod';
import type { SuppressionsTable } from '../../../store/tables/messages.ts';

/** How the documentation groups them. */
export const tags = ['Suppressions'];

/** An address that gets no mail. */
export const suppressionSchema = z.object({
  id: z.string(),
  email: z.string().describe('In lower case.'),
  by: z
    .enum(['provider', 'administrator'])
    .describe('Who keeps mail from it: a provider that said that there is no such mailbox, or an administrator.'),
  error: z
    .record(z.string(), z.unknown())
    .describe('What the provider said, as `error` of a message, and what whoever asks for a code is answered.'),
  reason: z.string().nullable().describe('Why an administrator decided it, for other administrators.'),
  messageId: z.string().nullable().describe('The mail that the provider refused.'),
  createdAt: z.int().describe('Milliseconds since the epoch.'),
});

/** A suppression as replies show it. */
export function describe({ id, recipient, error, message_id, created_at }: SuppressionsTable) {
  const { reason, ...told } = JSON.parse(error) as Record<string, unknown>;
  return {
    id,
    email: recipient,
    by: message_id === null ? ('administrator' as const) : ('provider' as const),
    error: told,
    reason: typeof reason === 'string' ? reason : null,
    messageId: message_id,
    createdAt: created_at,
  };
}
