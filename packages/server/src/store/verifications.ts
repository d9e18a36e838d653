import type { CompiledQuery } from 'kysely';
import type { VerificationsTable } from './schema.ts';
import { columnsOf, slotsOf, statement } from './statement.ts';
import type { Store } from './store.ts';

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
      'verifications.created_at',
      fn.coalesce(ref('verified_at'), ref('used_at')).as('verified_at'),
      'verification_codes.created_at as code_sent_at',
      'verification_codes.expires_at as code_expires_at',
    ])
    .where('subject', '=', subject);
}

/** Forgets a verification. */
export async function deleteVerification({ db }: Store, id: string): Promise<void> {
  await db.deleteFrom('verifications').where('id', '=', id).execute();
}

/** Forgets what a subject has proven. */
export async function deleteVerifications({ db }: Store, subject: string): Promise<void> {
  await db.deleteFrom('verifications').where('subject', '=', subject).execute();
}

/** The statement that forgets where a password of this user was right. */
export function deletePasswordVerifications({ db }: Store, userId: string): CompiledQuery<unknown> {
  return db.deleteFrom('verifications').where('user_id', '=', userId).compile();
}
