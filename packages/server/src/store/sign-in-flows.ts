import type { CompiledQuery } from 'kysely';
import type { FlowEvent, SignInFlowsTable } from './schema.ts';
import type { Store } from './store.ts';

/** How long a sign-in may take, in milliseconds; the interaction of OpenID Connect that it is for lasts as long. */
export const flowLifetimeMs = 30 * 60_000;

/** What may be written to a flow after it was made. */
export type SignInFlowChanges = Partial<Omit<SignInFlowsTable, 'id' | 'created_at' | 'expires_at'>>;

/** A flow as its browser knows it, and the event that the caller has seen it in. */
export type SignInFlowKey = { id: string; keyDigest: string; now: number };

export async function insertSignInFlow({ db }: Store, flow: SignInFlowsTable): Promise<void> {
  await db.insertInto('sign_in_flows').values(flow).execute();
}

/** The flow, if the key is right and it has not expired. */
export function findSignInFlow({ db }: Store, key: SignInFlowKey): Promise<SignInFlowsTable | undefined> {
  return db
    .selectFrom('sign_in_flows')
    .selectAll()
    .where('id', '=', key.id)
    .where('key_digest', '=', key.keyDigest)
    .where('expires_at', '>', key.now)
    .executeTakeFirst();
}

/** A statement that writes to a flow if the key is still right and its event still the one that the caller has seen. */
export function changeSignInFlow(
  { db }: Store,
  { id, keyDigest, now }: SignInFlowKey,
  event: FlowEvent,
  changes: SignInFlowChanges,
): CompiledQuery<{ id: string }> {
  return db
    .updateTable('sign_in_flows')
    .set(changes)
    .where('id', '=', id)
    .where('key_digest', '=', keyDigest)
    .where('expires_at', '>', now)
    .where('event', '=', event)
    .returning('id')
    .compile();
}
