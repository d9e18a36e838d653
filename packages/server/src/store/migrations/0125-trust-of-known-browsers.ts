import { type Kysely, sql } from 'kysely';

/** What a browser that has signed in is trusted by, which goes with it when it is forgotten. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table sign_ins add column trust_digest text').execute(db);
}
