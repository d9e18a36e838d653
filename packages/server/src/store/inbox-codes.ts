import type { Store } from './store.ts';

/** Whether a code that was sent can still be entered; `expired` also stands for one that a newer code replaced. */
export const codeStates = ['valid', 'used', 'expired'] as const;
export type CodeState = (typeof codeStates)[number];

/**
 * What became of the codes of messages, by the messages' ids; nothing for messages that carried none that is checked, as
 * tests of a connector do. It looks through all codes that are kept, which are those of the last minutes.
 * @param now milliseconds since the epoch
 */
export async function findCodeStates(
  { reader }: Pick<Store, 'reader'>,
  ids: readonly string[],
  now: number,
): Promise<Map<string, CodeState>> {
  if (ids.length === 0) return new Map();
  const messages = await reader
    .selectFrom('messages')
    .select(['id', 'verified_at'])
    .where('id', 'in', ids)
    .where('connector_id', 'is not', null)
    .execute();
  const kept = await reader
    .selectFrom('verification_codes')
    .select('message_id')
    .where('message_id', 'in', ids)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .execute();
  const valid = new Set(kept.map(({ message_id }) => message_id));
  const stateOf = ({ id, verified_at }: (typeof messages)[number]): CodeState => {
    if (verified_at !== null) return 'used';
    return valid.has(id) ? 'valid' : 'expired';
  };
  return new Map(messages.map((message) => [message.id, stateOf(message)]));
}
