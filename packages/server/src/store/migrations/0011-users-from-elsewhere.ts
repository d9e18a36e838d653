import { type Kysely, sql } from 'kysely';

/** Users that come from elsewhere keep their ids, which then do not begin with the time. */
const statements = [
  `alter table users add column avatar text`,
  `create index users_by_creation on users (created_at, id)`,
  `drop index users_by_time`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
