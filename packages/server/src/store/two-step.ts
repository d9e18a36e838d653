import { type CompiledQuery, sql } from 'kysely';
import { type Asking, hasSession, lockAdministrator } from './administrator-lock.ts';
import { text, whole } from './parameters.ts';
import { isUnmet, requirement } from './requirement.ts';
import type { Store } from './store.ts';
import type { AdministratorAuthenticatorsTable } from './tables/administrators.ts';

/** The authenticator app of an administrator, confirmed or not. */
export function findAuthenticator(
  { db }: Store,
  administratorId: string,
): Promise<AdministratorAuthenticatorsTable | undefined> {
  return db
    .selectFrom('administrator_authenticators')
    .selectAll()
    .where('administrator_id', '=', administratorId)
    .executeTakeFirst();
}

/**
 * Begins to set an authenticator app up, in place of one that was never confirmed, if the session that asks is still
 * there. @returns whether it is, and none was confirmed
 */
export async function replaceUnconfirmedAuthenticator(
  store: Store,
  row: AdministratorAuthenticatorsTable,
  sessionId: string,
): Promise<boolean> {
  const { administrator_id: administratorId, secret, created_at, confirmed_at, last_time_step, last_check_id } = row;
  const [, replaced] = await store.atomically([
    lockAdministrator(store, administratorId),
    sql<{ administrator_id: string }>`
      insert into administrator_authenticators
        (administrator_id, secret, created_at, confirmed_at, last_time_step, last_check_id)
      select ${text(administratorId)}, ${text(secret)}, ${whole(created_at)}, ${whole(confirmed_at)},
        ${whole(last_time_step)}, ${text(last_check_id)}
      where ${hasSession({ administratorId, sessionId })}
      on conflict (administrator_id) do update
        set secret = excluded.secret, created_at = excluded.created_at, last_time_step = excluded.last_time_step
        where administrator_authenticators.confirmed_at is null
      returning administrator_id`.compile(store.db),
  ]);
  return replaced.length > 0;
}

/** A code of the app that is being taken, and by which check. */
export type TakenTimeStep = { administratorId: string; timeStep: number; checkId: string };

/** A recovery code that is being taken. */
export type TakenRecoveryCode = { administratorId: string; digest: string };

/**
 * Takes a code of a confirmed app, unless it or a later one was taken already, or a recovery code, together with what is
 * done by it: all of it or none.
 * @returns what the statements of that gave; undefined where there is no such code
 */
export async function takeCode(
  store: Store,
  taken: TakenTimeStep | TakenRecoveryCode,
  doing: readonly CompiledQuery<unknown>[],
): Promise<unknown[][] | undefined> {
  const { isThere, taking } = 'digest' in taken ? ofRecoveryCode(store, taken) : ofTimeStep(store, taken);
  try {
    const [, , , ...done] = await store.atomically([
      lockAdministrator(store, taken.administratorId),
      requirement(store, isThere),
      taking,
      ...doing,
    ] as CompiledQuery<unknown>[]);
    return done;
  } catch (error) {
    if (isUnmet(error)) return undefined;
    throw error;
  }
}

function ofTimeStep({ db }: Store, { administratorId, timeStep, checkId }: TakenTimeStep) {
  const isUnused = sql`administrator_id = ${administratorId} and confirmed_at is not null
    and last_time_step < ${whole(timeStep)}`;
  return {
    isThere: sql`exists (select 1 from administrator_authenticators where ${isUnused})`,
    taking: sql`update administrator_authenticators
      set last_time_step = ${whole(timeStep)}, last_check_id = ${checkId} where ${isUnused}`.compile(db),
  };
}

function ofRecoveryCode({ db }: Store, { administratorId, digest }: TakenRecoveryCode) {
  const isTheCode = sql`administrator_id = ${administratorId} and digest = ${digest}`;
  return {
    isThere: sql`exists (select 1 from administrator_recovery_codes where ${isTheCode})`,
    taking: sql`delete from administrator_recovery_codes where ${isTheCode}`.compile(db),
  };
}

/** Since when two-step sign-in is on, when it was turned down, and how many recovery codes are left. */
export async function readTwoStep({ db }: Store, administratorId: string) {
  const row = await db
    .selectFrom('administrators')
    .leftJoin('administrator_authenticators as authenticator', 'authenticator.administrator_id', 'administrators.id')
    .select(['authenticator.confirmed_at', 'two_step_declined_at'])
    .select((query) =>
      query
        .selectFrom('administrator_recovery_codes as code')
        .select(({ fn }) => fn.countAll<number>().as('left'))
        .whereRef('code.administrator_id', '=', 'administrators.id')
        .as('codes_left'),
    )
    .where('administrators.id', '=', administratorId)
    .executeTakeFirst();
  return {
    since: row?.confirmed_at ?? null,
    declinedAt: row?.two_step_declined_at ?? null,
    recoveryCodesLeft: row?.codes_left ?? 0,
  };
}

/**
 * Makes the app count from now on, with new recovery codes, and ends every session but the one that asks; in one
 * transaction, if that is still there and the app is the one whose code was right and not confirmed yet.
 * @param forgetting what forgets the wrong codes before
 * @returns whether it was so
 */
export async function confirmAuthenticator(
  store: Store,
  { administratorId, timeStep, checkId }: TakenTimeStep,
  confirmed: { secret: string; digests: readonly string[]; sessionId: string; now: number },
  forgetting: CompiledQuery<unknown>,
): Promise<boolean> {
  const { db } = store;
  const isConfirmed = sql<boolean>`exists (select 1 from administrator_authenticators
    where administrator_id = ${administratorId} and last_check_id = ${checkId})`;
  const [, updated] = await store.atomically([
    lockAdministrator(store, administratorId),
    db
      .updateTable('administrator_authenticators')
      .set({ confirmed_at: confirmed.now, last_time_step: timeStep, last_check_id: checkId })
      .where('administrator_id', '=', administratorId)
      .where('secret', '=', confirmed.secret)
      .where('confirmed_at', 'is', null)
      .where(hasSession({ administratorId, sessionId: confirmed.sessionId }))
      .returning('administrator_id')
      .compile(),
    ...replaceRecoveryCodes(store, administratorId, confirmed.digests, isConfirmed),
    endOtherSessions(store, { administratorId, sessionId: confirmed.sessionId }, isConfirmed),
    forgetting,
  ]);
  return updated.length > 0;
}

/**
 * Replaces the recovery codes, if the session that asks is still there and the app the one whose code was right.
 * @returns statements, the last of which gives a row where it is so
 */
export function renewingRecoveryCodes(
  store: Store,
  { administratorId, sessionId }: Asking,
  { confirmedAt, digests }: { confirmedAt: number; digests: readonly string[] },
): CompiledQuery<unknown>[] {
  const isStill = sql<boolean>`(exists (select 1 from administrator_authenticators
    where administrator_id = ${administratorId} and confirmed_at = ${whole(confirmedAt)})
    and ${hasSession({ administratorId, sessionId })})`;
  return [lockAdministrator(store, administratorId), ...replaceRecoveryCodes(store, administratorId, digests, isStill)];
}

/**
 * Forgets the app and its recovery codes, and ends every session but the one that asks, if that is still there.
 * @returns statements, the last of which gives a row where it is
 */
export function deletingAuthenticator(store: Store, asking: Asking): CompiledQuery<unknown>[] {
  const { db } = store;
  const { administratorId } = asking;
  const isStill = hasSession(asking);
  return [
    lockAdministrator(store, administratorId),
    sql`delete from administrator_recovery_codes where administrator_id = ${administratorId} and ${isStill}`.compile(
      db,
    ),
    endOtherSessions(store, asking, isStill),
    sql`delete from administrator_authenticators
      where administrator_id = ${administratorId} and ${isStill} returning administrator_id`.compile(db),
  ];
}

/** Notes that the offer of two-step sign-in was turned down. */
export async function declineTwoStep({ db }: Store, administratorId: string, now: number): Promise<void> {
  await db.updateTable('administrators').set({ two_step_declined_at: now }).where('id', '=', administratorId).execute();
}

function replaceRecoveryCodes(
  { db }: Store,
  administratorId: string,
  digests: readonly string[],
  condition: ReturnType<typeof sql<boolean>>,
): CompiledQuery<unknown>[] {
  return [
    sql`delete from administrator_recovery_codes where administrator_id = ${administratorId} and ${condition}`.compile(
      db,
    ),
    ...digests.map((digest) =>
      sql`insert into administrator_recovery_codes (administrator_id, digest)
        select ${text(administratorId)}, ${text(digest)} where ${condition} returning digest`.compile(db),
    ),
  ];
}

function endOtherSessions(
  { db }: Store,
  { administratorId, sessionId }: Asking,
  condition: ReturnType<typeof sql<boolean>>,
): CompiledQuery<unknown> {
  return sql`delete from administrator_sessions where administrator_id = ${administratorId}
    and token_digest <> ${sessionId} and ${condition}`.compile(db);
}
