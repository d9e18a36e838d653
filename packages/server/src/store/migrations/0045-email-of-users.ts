import { type Kysely, SqliteAdapter, sql } from 'kysely';

/** Another thing that users are known by; what the columns mean is said in `schema.ts`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Searches compare the beginnings of addresses byte by byte, as SQLite does of itself.
  const collation = db.getExecutor().adapter instanceof SqliteAdapter ? '' : 'collate "C"';
  for (const statement of [
    `alter table users add column email text`,
    `alter table users add column email_key text ${collation}`,
    `create unique index users_email_key on users (email_key)`,
  ]) {
    await sql.raw(statement).execute(db);
  }
}
