import { type CompiledQuery, sql } from 'kysely';
import { whole } from './parameters.ts';
import { requirement } from './requirement.ts';
import type { SignInFlowsTable } from './schema.ts';
import type { Store } from './store.ts';

/** How long a sign-in may take, in milliseconds; the interaction of OpenID Connect that it is for lasts as long. */
export const flowLifetimeMs = 30 * 60_000;

/** What may be written to a flow after it was made. */
export type SignInFlowChanges = Partial<Omit<SignInFlowsTable, 'id' | 'created_at' | 'expires_at'>>;

/** A flow as its browser knows it. */
export type SignInFlowKey = { id: string; keyDigest: string; now: number };

/** What the caller has seen of a flow, and rests on. */
export type SignInFlowSeen = Pick<SignInFlowsTable, 'event'> &
  Partial<Pick<SignInFlowsTable, 'user_id' | 'verification_id'>>;

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

/**
 * A statement that writes to a flow if the key is still right and the flow still what the caller has seen. Every write
 * takes the result back that was handed in before.
 */
export function changeSignInFlow(
  { db }: Store,
  { id, keyDigest, now }: SignInFlowKey,
  { event, user_id: userId, verification_id: verificationId }: SignInFlowSeen,
  changes: SignInFlowChanges,
): CompiledQuery<{ id: string }> {
  return db
    .updateTable('sign_in_flows')
    .set({ submitted_at: null, ...changes })
    .where('id', '=', id)
    .where('key_digest', '=', keyDigest)
    .where('expires_at', '>', now)
    .where('event', '=', event)
    .$if(userId !== undefined, (query) => query.where('user_id', userId === null ? 'is' : '=', userId ?? null))
    .$if(verificationId !== undefined, (query) =>
      query.where('verification_id', verificationId === null ? 'is' : '=', verificationId ?? null),
    )
    .returning('id')
    .compile();
}

/** A statement that undoes its transaction unless the flow has this new user or this new verification by now. */
export function requireInSignInFlow(
  store: Store,
  id: string,
  [column, value]: ['user_id' | 'verification_id', string],
): CompiledQuery<unknown> {
  return requirement(
    store,
    sql`exists (select 1 from sign_in_flows where id = ${id} and ${sql.ref(column)} = ${value})`,
  );
}

/** A statement that undoes its transaction unless the result was handed in at this time, and nothing is to come. */
export const requireHandedIn = (store: Store, id: string, submittedAt: number): CompiledQuery<unknown> =>
  requirement(
    store,
    sql`exists (select 1 from sign_in_flows where id = ${id} and submitted_at = ${whole(submittedAt)}
      and username is null and password_digest is null and phone_verification_id is null)`,
  );
