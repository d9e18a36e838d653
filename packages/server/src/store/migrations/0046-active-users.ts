import { type Kysely, sql } from 'kysely';

/** Who signed in in a time is read from the index alone. */
const statements = [`create index sign_ins_by_time_and_user on sign_ins (at, user_id)`, `drop index sign_ins_by_time`];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
