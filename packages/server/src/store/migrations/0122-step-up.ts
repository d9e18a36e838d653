import { type Kysely, sql } from 'kysely';

/** The session that says who it is, where somebody who is signed in gives a second factor alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table verifications add column session_id text').execute(db);
}
