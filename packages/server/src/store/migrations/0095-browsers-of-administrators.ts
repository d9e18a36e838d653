import { type Kysely, sql } from 'kysely';

/** Which browser a session of the Console was begun in, and on which system, so that its owner knows it again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['browser', 'system']) {
    await sql`alter table administrator_sessions add column ${sql.ref(column)} text not null default ''`.execute(db);
  }
}
