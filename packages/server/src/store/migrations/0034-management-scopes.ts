import { type Kysely, sql } from 'kysely';

/** Which part of the Management API an application may call; those that are there go on calling all of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table applications add column management_scopes text`).execute(db);
}
