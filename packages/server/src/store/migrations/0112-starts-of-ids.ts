import { type Kysely, SqliteAdapter, sql } from 'kysely';

/** Users by the beginning of their id: PostgreSQL keeps ids in the order of a language, of which no index tells that. */
export async function up(db: Kysely<unknown>): Promise<void> {
  if (db.getExecutor().adapter instanceof SqliteAdapter) return;
  await sql.raw('create index users_by_start_of_id on users (id collate "C")').execute(db);
}
