import { type Kysely, SqliteAdapter, sql } from 'kysely';

/**
 * What budgets have become since `guard_budgets` was written last (`store/guard-journal.ts`); and, while bots ask, how many
 * checks failed and how many codes went out that nobody has typed in.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['turned_away', 'let_in']) {
    await sql`alter table guard_budgets add column ${sql.ref(column)} bigint not null default 0`.execute(db);
  }
  // What is appended goes to the end of one tree.
  const order = sql.raw(db.getExecutor().adapter instanceof SqliteAdapter ? 'without rowid' : '');
  await sql`create table guard_journal (id bigint primary key, changes text not null) ${order}`.execute(db);
}
