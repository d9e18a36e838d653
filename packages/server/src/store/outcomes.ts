import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { MessageState, MessagesTable } from './tables/messages.ts';

/**
 * What a message came to, as people are told everywhere: its state, which is what the provider said, unless the right
 * code was entered, which counts more.
 */
export const outcomes = [
  'sending',
  'accepted',
  'delivered',
  'verified',
  'undelivered',
  'failed',
  'unclear',
  'suppressed',
] as const satisfies readonly (MessageState | 'verified')[];
export type Outcome = (typeof outcomes)[number];

/** What a message came to. */
export const outcomeOf = ({ state, verified_at }: Pick<MessagesTable, 'state' | 'verified_at'>): Outcome =>
  verified_at === null ? state : 'verified';

/** What holds for the messages with an outcome: of their state, where that decides, and of the answer. */
export function outcomeConditions(outcome: Outcome): { state: MessageState | undefined; answer: RawBuilder<SqlBool> } {
  if (outcome === 'verified') return { state: undefined, answer: sql<SqlBool>`verified_at is not null` };
  return { state: outcome, answer: sql<SqlBool>`verified_at is null` };
}
