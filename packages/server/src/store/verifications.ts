import { type CompiledQuery, type RawBuilder, type SqlBool, sql } from 'kysely';
import { whole } from './parameters.ts';
import { columnsOf, slotsOf, statement } from './statement.ts';
import type { Store } from './store.ts';
import type { VerificationsTable } from './tables/sign-ins.ts';

/** A verification with the code that was sent for it last; the times of the code are null for anything else. */
export type VerificationRow = VerificationsTable & {
  code_sent_at: number | null;
  code_expires_at: number | null;
};

/** The statement that records a verification. */
export const insertVerification = statement<VerificationsTable>(
  (slot, db, row) => db.insertInto('verifications').values(slotsOf(slot, row, (given) => given)),
  columnsOf,
);

/** The verification with this id, if it belongs to the subject. */
export async function findVerification(
  store: Store,
  subject: string,
  id: string,
): Promise<VerificationRow | undefined> {
  const [verification] = await store.run(find(store, { subject, id }));
  return verification;
}

/** The verifications of a subject, newest first. */
export function listVerifications(store: Store, subject: string): Promise<VerificationRow[]> {
  return store.run(list(store, { subject }));
}

const find = statement<{ subject: string; id: string }, VerificationRow>((slot, db) =>
  verificationsOf(
    db,
    slot(({ subject }) => subject),
  ).where(
    'verifications.id',
    '=',
    slot(({ id }) => id),
  ),
);

const list = statement<{ subject: string }, VerificationRow>((slot, db) =>
  verificationsOf(
    db,
    slot(({ subject }) => subject),
  ).orderBy('verifications.created_at', 'desc'),
);

/** A code counts as right from the moment that consumed it: both are the same write. */
function verificationsOf(db: Store['db'], subject: string) {
  return db
    .selectFrom('verifications')
    .leftJoin('verification_codes', 'verification_codes.flow', 'verifications.id')
    .select(({ fn, ref }) => [
      'verifications.id',
      'subject',
      'usage_type',
      'phone',
      'email',
      'username',
      'user_id',
      'password_digest',
      'backup_codes',
      'authenticator_id',
      'authenticator_secret',
      'time_step',
      'session_id',
      'is_untyped',
      'verifications.created_at',
      fn.coalesce(ref('verified_at'), ref('used_at')).as('verified_at'),
      'verification_codes.created_at as code_sent_at',
      'verification_codes.expires_at as code_expires_at',
    ])
    .where('subject', '=', subject);
}

/** So many are kept of a subject: who makes more has no use for the oldest. */
export const mostVerifications = 50;

/** The statement that forgets what is beyond that, oldest first. */
export const forgettingOldest = statement<{ subject: string }>((slot) => {
  const isOfSubject = sql`subject = ${slot(({ subject }) => subject)}`;
  return sql`delete from verifications where ${isOfSubject} and id in (
    select id from verifications where ${isOfSubject} order by created_at desc, id desc
    limit 1000 offset ${sql.lit(mostVerifications)})`;
});

/** Forgets a verification. */
export async function deleteVerification({ db }: Store, id: string): Promise<void> {
  await db.deleteFrom('verifications').where('id', '=', id).execute();
}

/** The statement that forgets what was proven in a flow, while this is its key. */
export const forgettingVerifications = statement<{ subject: string; id: string; keyDigest: string }>(
  (slot) => sql`delete from verifications where subject = ${slot(({ subject }) => subject)} and exists (
    select 1 from sign_in_flows where id = ${slot(({ id }) => id)}
      and key_digest = ${slot(({ keyDigest }) => keyDigest)})`,
);

/**
 * The statement that forgets what was proven of a user, whatever the clocks were by which it was: codes that were right,
 * and passwords. Codes that nobody has answered yet go on.
 * @param where what has to hold of the user
 */
export function forgettingProofs(
  { db }: Store,
  userId: string,
  where: SqlBoolOfUsers = always,
): CompiledQuery<unknown> {
  const proven = (isOfUser: SqlBoolOfUsers, owners = sql`users`) => sql`
    select verifications.id from ${owners} join verifications on ${isOfUser}
      left join verification_codes on verification_codes.flow = verifications.id
    where users.id = ${userId} and ${where}
      and (verifications.verified_at is not null or verification_codes.used_at is not null)`;
  return sql`delete from verifications where id in (
    ${proven(sql`verifications.user_id = users.id`)}
    union ${proven(sql`verifications.phone = users.phone`)}
    union ${proven(isKey('users'))}
    union ${proven(sql`verifications.phone = other.phone`, withOthers)}
    union ${proven(isKey('other'), withOthers)})`.compile(db);
}

/**
 * Whether what proved who a user is counts on: it is there, and what it is of is the user's. For a statement after one that
 * has taken the lock of the user, or a change under way would not be seen.
 */
export const isStillProof = (userId: string, id: string): RawBuilder<SqlBool> => sql`exists (
  select 1 from verifications join users on users.id = ${userId} where verifications.id = ${id}
    and (verifications.user_id = users.id or verifications.phone = users.phone
      or lower(verifications.email) = users.email_key or ${isOfOther}))`;

/** Whether it is of another number or address than the primary one. */
const isOfOther = sql<SqlBool>`exists (select 1 from other_recipients as other where other.user_id = users.id
  and (other.phone = verifications.phone or other.email_key = lower(verifications.email)))`;

/** SQLite takes its index for no column, which has an affinity where the indexed expression has none. */
const isKey = (owner: 'users' | 'other') =>
  sql<SqlBool>`lower(verifications.email) = ${sql.ref(`${owner}.email_key`)} || ''`;

/** A kind at a time, since an index serves no alternatives of two. */
const withOthers = sql`users join other_recipients as other on other.user_id = users.id`;

type SqlBoolOfUsers = RawBuilder<SqlBool>;
const always: SqlBoolOfUsers = sql<SqlBool>`1 = 1`;

/** The statement that forgets where a backup code of this user was right, and codes that were shown and not kept. */
export const deleteBackupCodeVerifications = ({ db }: Store, userId: string): CompiledQuery<unknown> =>
  db
    .deleteFrom('verifications')
    .where('user_id', '=', userId)
    .where('usage_type', '=', 'MfaVerification')
    .where('authenticator_id', 'is', null)
    .compile();

/**
 * The statement that forgets where a code of the authenticator app of this user was right, and apps that are being set
 * up.
 */
export const deleteAuthenticatorVerifications = ({ db }: Store, userId: string): CompiledQuery<unknown> =>
  db.deleteFrom('verifications').where('user_id', '=', userId).where('authenticator_id', 'is not', null).compile();

/** Notes that an app that is being set up has shown a right code, of this time step. @returns whether it is still there */
export async function confirmAuthenticatorIn(
  { db }: Store,
  { subject, id, timeStep, now }: { subject: string; id: string; timeStep: number; now: number },
): Promise<boolean> {
  const confirmed = await db
    .updateTable('verifications')
    // Of two that were right the later one counts, and none before it.
    .set({
      verified_at: now,
      time_step: sql<number>`case when time_step > ${whole(timeStep)} then time_step else ${whole(timeStep)} end`,
    })
    .where('subject', '=', subject)
    .where('id', '=', id)
    .where('authenticator_secret', 'is not', null)
    .returning('id')
    .execute();
  return confirmed.length > 0;
}

/** The statement that forgets codes that were shown to this user and not kept. */
export function deleteShownBackupCodes({ db }: Store, userId: string): CompiledQuery<unknown> {
  return db.deleteFrom('verifications').where('user_id', '=', userId).where('backup_codes', 'is not', null).compile();
}

/** The statement that makes of an app that was set up a right code of the app that the user has from now on. */
export const keepingAuthenticatorIn = ({ db }: Store, id: string): CompiledQuery<unknown> =>
  db.updateTable('verifications').set({ authenticator_secret: null, time_step: null }).where('id', '=', id).compile();

/** The statement that forgets where a password of this user was right. */
export function deletePasswordVerifications({ db }: Store, userId: string): CompiledQuery<unknown> {
  return db.deleteFrom('verifications').where('user_id', '=', userId).compile();
}
