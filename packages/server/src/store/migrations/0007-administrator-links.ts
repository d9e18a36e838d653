import { type Kysely, sql } from 'kysely';

/** Links by which administrators choose new passwords; what the columns mean is said in `schema.ts`. */
const statements = [
  `create table administrator_links (
    token_digest text primary key, administrator_id text not null references administrators (id) on delete cascade,
    created_at bigint not null, expires_at bigint not null, last_use_id text)`,
  `alter table administrators add column last_sign_in_at bigint`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
