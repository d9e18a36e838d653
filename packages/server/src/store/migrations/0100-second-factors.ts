import { type Kysely, sql } from 'kysely';

/** What was proven after what says who it is, where a sign-in asks for both. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table sign_in_flows add column second_verification_id text').execute(db);
}
