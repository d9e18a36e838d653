import { sql } from 'kysely';
import type { GuardDecisionsTable } from './schema.ts';
import { slotsOf, statement } from './statement.ts';
import type { Store } from './store.ts';

const insert = statement<GuardDecisionsTable>((slot, db, row) =>
  db.insertInto('guard_decisions').values(slotsOf(slot, row, (given) => given)),
);

/** Keeps a decision; nobody waits for it. */
export const recordDecision = (store: Store, decision: GuardDecisionsTable): Promise<void> =>
  store.eventually(insert(store, decision), []);

/** The last decisions, newest first, from before the one that was listed last. */
export function listDecisions(
  { reader }: Store,
  { limit, before }: { limit: number; before?: { at: number; id: string } | undefined },
): Promise<GuardDecisionsTable[]> {
  const newest = reader
    .selectFrom('guard_decisions')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  return (before ? newest.where(sql<boolean>`(at, id) < (${before.at}, ${before.id})`) : newest).execute();
}
