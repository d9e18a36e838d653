import { type CompiledQuery, type ExpressionBuilder, sql } from 'kysely';
import { whole } from './parameters.ts';
import { requirement } from './requirement.ts';
import type { Schema } from './schema.ts';
import { columnsOf, type Slot, slotsOf, statement } from './statement.ts';
import type { Store } from './store.ts';
import type { SignInFlowsTable } from './tables/sign-ins.ts';

/** How long a sign-in may take, in milliseconds; the interaction of OpenID Connect that it is for lasts as long. */
export const flowLifetimeMs = 30 * 60_000;

/** What may be written to a flow after it was made. */
export type SignInFlowChanges = Partial<Omit<SignInFlowsTable, 'id' | 'created_at' | 'expires_at'>>;

/** A flow as its browser knows it. */
export type SignInFlowKey = { id: string; keyDigest: string; now: number };

/** What the caller has seen of a flow, and rests on. */
export type SignInFlowSeen = Pick<SignInFlowsTable, 'event'> &
  Partial<Pick<SignInFlowsTable, 'user_id' | 'verification_id'>>;

/** What a write to this flow alone contends for. */
export const lockOf = ({ id }: { id: string }): string[] => [`flow:${id}`];

/** The statement that makes a flow. */
export const insertingSignInFlow = statement<SignInFlowsTable>(
  (slot, db, flow) => db.insertInto('sign_in_flows').values(slotsOf(slot, flow, (given) => given)),
  columnsOf,
);

/** The flow, if the key is right and it has not expired. */
export async function findSignInFlow(store: Store, key: SignInFlowKey): Promise<SignInFlowsTable | undefined> {
  const [flow] = await store.run(find(store, key));
  return flow;
}

/** The flow of a key, while it has not expired. */
export const openedBy =
  <Given extends SignInFlowKey>(slot: Slot<Given>) =>
  ({ eb, and }: ExpressionBuilder<Schema, 'sign_in_flows'>) =>
    and([
      eb(
        'sign_in_flows.id',
        '=',
        slot(({ id }) => id),
      ),
      eb(
        'key_digest',
        '=',
        slot(({ keyDigest }) => keyDigest),
      ),
      eb(
        'sign_in_flows.expires_at',
        '>',
        slot(({ now }) => now),
      ),
    ]);

const find = statement<SignInFlowKey, SignInFlowsTable>((slot, db) =>
  db.selectFrom('sign_in_flows').selectAll().where(openedBy(slot)),
);

/**
 * A statement that writes to a flow if the key is still right and the flow still what the caller has seen. Every write
 * takes the result back that was handed in before.
 */
export function changeSignInFlow(
  store: Store,
  key: SignInFlowKey,
  seen: SignInFlowSeen,
  changes: SignInFlowChanges,
): CompiledQuery<{ id: string }> {
  return change(store, { ...key, seen, changes });
}

type Change = SignInFlowKey & { seen: SignInFlowSeen; changes: SignInFlowChanges };

const change = statement<Change, { id: string }>(
  (slot, db, { seen: { event: _, ...ids }, changes }) => {
    let query = db
      .updateTable('sign_in_flows')
      .set({ submitted_at: null, ...slotsOf(slot, changes, (given) => given.changes) })
      .where(openedBy(slot))
      .where(
        'event',
        '=',
        slot(({ seen }) => seen.event),
      );
    for (const column of ['user_id', 'verification_id'] as const) {
      if (ids[column] === null) query = query.where(column, 'is', null);
      else if (ids[column] !== undefined)
        query = query.where(
          column,
          '=',
          slot(({ seen }) => seen[column] ?? null),
        );
    }
    return query.returning('id');
  },
  ({ seen, changes }) =>
    `${seen.user_id === null} ${seen.verification_id === null} ${columnsOf(seen)} ${columnsOf(changes)}`,
);

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

type HandedIn = { id: string; userId: string; submittedAt: number };

/** The statement that keeps the time of a sign-in with the user, if the result was handed in then. */
export const recordHandedIn = statement<HandedIn>((slot) => {
  const submittedAt = whole(slot(({ submittedAt }) => submittedAt));
  return sql`update users set last_sign_in_at = ${submittedAt} where id = ${slot(({ userId }) => userId)}
    and exists (select 1 from sign_in_flows where id = ${slot(({ id }) => id)} and submitted_at = ${submittedAt})`;
});

/** What is true in a transaction that has handed the result of a flow in, at this time. */
export const isHandedIn = (id: string, submittedAt: number) =>
  sql<boolean>`exists (select 1 from sign_in_flows where id = ${id} and submitted_at = ${whole(submittedAt)})`;

/** A statement that undoes its transaction unless the result was handed in at this time, and nothing is to come. */
export const requireHandedIn = (store: Store, id: string, submittedAt: number): CompiledQuery<unknown> =>
  requirement(
    store,
    sql`exists (select 1 from sign_in_flows where id = ${id} and submitted_at = ${whole(submittedAt)}
      and username is null and password_digest is null and phone_verification_id is null
      and email_verification_id is null and authenticator_verification_id is null and backup_codes_id is null)`,
  );
