import { type Kysely, sql } from 'kysely';

/** Users in the order of their last sign-in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index users_by_last_sign_in on users (last_sign_in_at, id) where last_sign_in_at is not null`.execute(
    db,
  );
}
