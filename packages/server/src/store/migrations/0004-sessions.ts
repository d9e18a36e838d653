import { type Kysely, sql } from 'kysely';

const statements = [
  `alter table sign_in_flows add column submitted_at bigint`,
  `alter table users add column kept_session text`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
