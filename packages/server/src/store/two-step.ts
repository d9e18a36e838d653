import { type CompiledQuery, sql } from 'kysely';
import { text, whole } from './parameters.ts';
import type { AdministratorAuthenticatorsTable } from './schema.ts';
import type { Store } from './store.ts';

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

/** Begins to set an authenticator app up, in place of one that was never confirmed. @returns whether none was */
export async function replaceUnconfirmedAuthenticator(
  { db }: Store,
  row: AdministratorAuthenticatorsTable,
): Promise<boolean> {
  const replaced = await db
    .insertInto('administrator_authenticators')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('administrator_id')
        .doUpdateSet({ secret: row.secret, created_at: row.created_at, last_time_step: row.last_time_step })
        .where('administrator_authenticators.confirmed_at', 'is', null),
    )
    .returning('administrator_id')
    .executeTakeFirst();
  return replaced !== undefined;
}

/** A code of the app that is being taken, and by which check. */
export type TakenTimeStep = { administratorId: string; timeStep: number; checkId: string };

/** Takes a code of a confirmed app, unless it or a later one was taken already. @returns whether it did */
export async function takeTimeStep({ db }: Store, { administratorId, timeStep, checkId }: TakenTimeStep) {
  const taken = await db
    .updateTable('administrator_authenticators')
    .set({ last_time_step: timeStep, last_check_id: checkId })
    .where('administrator_id', '=', administratorId)
    .where('confirmed_at', 'is not', null)
    .where('last_time_step', '<', timeStep)
    .returning('administrator_id')
    .executeTakeFirst();
  return taken !== undefined;
}

/** Takes a recovery code. @returns whether there was one like it */
export async function takeRecoveryCode({ db }: Store, administratorId: string, digest: string): Promise<boolean> {
  const taken = await db
    .deleteFrom('administrator_recovery_codes')
    .where('administrator_id', '=', administratorId)
    .where('digest', '=', digest)
    .returning('digest')
    .executeTakeFirst();
  return taken !== undefined;
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
 * Makes the app count from now on, with new recovery codes, and ends every session but one; in one transaction, if the
 * app is still the one whose code was right and is not confirmed yet. @returns whether it was
 */
export async function confirmAuthenticator(
  store: Store,
  { administratorId, timeStep, checkId }: TakenTimeStep,
  confirmed: { secret: string; digests: readonly string[]; keepTokenDigest: string; now: number },
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
      .returning('administrator_id')
      .compile(),
    ...replaceRecoveryCodes(store, administratorId, confirmed.digests, isConfirmed),
    endOtherSessions(store, administratorId, confirmed.keepTokenDigest, isConfirmed),
  ]);
  return updated.length > 0;
}

/** Replaces the recovery codes, if the app is still the one whose code was right. @returns whether it was */
export async function renewRecoveryCodes(
  store: Store,
  {
    administratorId,
    confirmedAt,
    digests,
  }: { administratorId: string; confirmedAt: number; digests: readonly string[] },
): Promise<boolean> {
  const isStill = sql<boolean>`exists (select 1 from administrator_authenticators
    where administrator_id = ${administratorId} and confirmed_at = ${whole(confirmedAt)})`;
  const [, , ...inserted] = await store.atomically([
    lockAdministrator(store, administratorId),
    ...replaceRecoveryCodes(store, administratorId, digests, isStill),
  ] as CompiledQuery<unknown>[]);
  return inserted.every((rows) => rows.length > 0);
}

/** Forgets the app and its recovery codes, and ends every session but one. */
export async function deleteAuthenticator(
  store: Store,
  administratorId: string,
  keepTokenDigest: string | null,
): Promise<void> {
  const { db } = store;
  await store.atomically([
    lockAdministrator(store, administratorId),
    db.deleteFrom('administrator_authenticators').where('administrator_id', '=', administratorId).compile(),
    db.deleteFrom('administrator_recovery_codes').where('administrator_id', '=', administratorId).compile(),
    endOtherSessions(store, administratorId, keepTokenDigest, sql<boolean>`1 = 1`),
  ]);
}

/** Notes that the offer of two-step sign-in was turned down. */
export async function declineTwoStep({ db }: Store, administratorId: string, now: number): Promise<void> {
  await db.updateTable('administrators').set({ two_step_declined_at: now }).where('id', '=', administratorId).execute();
}

/** Whatever decides about sessions of an administrator waits here, so that none is begun behind its back. */
const lockAdministrator = ({ db }: Store, id: string) =>
  sql`update administrators set updated_at = updated_at where id = ${id}`.compile(db);

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
  administratorId: string,
  keepTokenDigest: string | null,
  condition: ReturnType<typeof sql<boolean>>,
): CompiledQuery<unknown> {
  return sql`delete from administrator_sessions where administrator_id = ${administratorId}
    and token_digest <> ${keepTokenDigest ?? ''} and ${condition}`.compile(db);
}
