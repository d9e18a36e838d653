import { type CompiledQuery, sql } from 'kysely';
import { whole } from './parameters.ts';
import { isHandedIn } from './sign-in-flows.ts';
import type { Store } from './store.ts';
import type { TrustedDevicesTable } from './tables/users.ts';
import { isStillProven, lockUser, type UserChanges } from './users.ts';
import { isStillProof } from './verifications.ts';

/**
 * What a browser that becomes trusted rests on: the sign-in that was handed in, and what came second in it; and the digest
 * that it was trusted by before, which may be empty.
 */
type Ground = { flowId: string; submittedAt: number; proofId: string; replaced: string };

/** The statements that trust a browser, if all holds still that it rests on; told twice, it is trusted once. */
export function trustingDevice({ db }: Store, row: TrustedDevicesTable, ground: Ground): CompiledQuery<unknown>[] {
  const { id, user_id, digest, factor, network, user_agent, created_at, expires_at } = row;
  const holds = sql`${isHandedIn(ground.flowId, ground.submittedAt)} and ${isStillProven(user_id, created_at)}
    and ${isStillProof(user_id, ground.proofId)}`;
  const replacing = sql`delete from trusted_devices
    where user_id = ${user_id} and digest = ${ground.replaced} and digest <> ${digest} and ${holds}`;
  const trusting = sql`insert into trusted_devices
    (id, user_id, digest, factor, network, user_agent, created_at, expires_at)
    select ${id}, ${user_id}, ${digest}, ${factor}, ${network}, ${user_agent}, ${whole(created_at)}, ${whole(expires_at)}
    where ${holds}
    on conflict (digest) do nothing`;
  return [replacing.compile(db), trusting.compile(db)];
}

/** The statement that keeps when a browser was trusted last, if the result of the sign-in was handed in then. */
export const usingTrustedDevice = (
  { db }: Store,
  id: string,
  { flowId, submittedAt }: Pick<Ground, 'flowId' | 'submittedAt'>,
): CompiledQuery<unknown> =>
  sql`update trusted_devices set last_used_at = ${whole(submittedAt)}
    where id = ${id} and ${isHandedIn(flowId, submittedAt)}`.compile(db);

/** Which of the trusted browsers of a user; one that was trusted before `since` is none any more. */
export type TrustedWhich = { userId: string; now: number; since: number; id?: string; digest?: string };

/** So many of one user are shown. */
const maxShown = 100;

/** Those that still count, the latest first. */
export const listTrustedDevices = (
  { db }: Store,
  { userId, now, since, ...which }: TrustedWhich,
): Promise<TrustedDevicesTable[]> => {
  let query = db
    .selectFrom('trusted_devices')
    .innerJoin('users', 'users.id', 'trusted_devices.user_id')
    .selectAll('trusted_devices')
    .where('trusted_devices.user_id', '=', userId)
    .where('expires_at', '>', now)
    .where('trusted_devices.created_at', '>', since)
    .where('users.is_suspended', '=', 0)
    .where(({ eb, or, ref }) =>
      or([
        eb('users.sessions_valid_from', 'is', null),
        eb('users.sessions_valid_from', '<=', ref('trusted_devices.created_at')),
      ]),
    );
  if (which.id !== undefined) query = query.where('trusted_devices.id', '=', which.id);
  if (which.digest !== undefined) query = query.where('digest', '=', which.digest);
  return query.orderBy('trusted_devices.created_at', 'desc').limit(maxShown).execute();
};

/** Trusts a browser no more. @returns whether it was trusted */
export async function endTrustedDevice({ db }: Store, userId: string, id: string): Promise<boolean> {
  const ended = await db
    .deleteFrom('trusted_devices')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .returning('id')
    .execute();
  return ended.length > 0;
}

/** The statement that trusts no browser of a user any more. */
export const endingTrustedDevices = ({ db }: Store, userId: string): CompiledQuery<unknown> =>
  db.deleteFrom('trusted_devices').where('user_id', '=', userId).compile();

/** What a second code goes to, or whether one is wanted. */
const grounds = ['phone', 'email_key', 'skips_second_factor'] as const;

/**
 * The statements, before a change of a user, that trust no browser any more where something of that is not the same
 * after it.
 */
export function endingTrustWhereChanged(store: Store, userId: string, changes: UserChanges): CompiledQuery<unknown>[] {
  const ending = grounds.flatMap((column) => {
    const value = changes[column];
    if (value === undefined) return [];
    const isSame = value === null ? sql`${sql.ref(column)} is null` : sql`${sql.ref(column)} = ${value}`;
    // What was not there yet is added and not changed.
    const differs = sql<boolean>`exists (select 1 from users
      where id = ${userId} and ${sql.ref(column)} is not null and not (${isSame}))`;
    return [store.db.deleteFrom('trusted_devices').where('user_id', '=', userId).where(differs).compile()];
  });
  return ending.length > 0 ? [lockUser(store, userId), ...ending] : [];
}
