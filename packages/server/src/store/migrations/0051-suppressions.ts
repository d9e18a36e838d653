import { type Kysely, sql } from 'kysely';

/** Addresses that a provider said there is no mailbox at: no mail goes there until somebody lifts it. */
const table = `create table suppressions (
  recipient text primary key, error text not null, message_id text not null, created_at bigint not null)`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(table).execute(db);
}
