import { type Kysely, sql } from 'kysely';

/** Who asked for a message and what was decided, when it was handed over and taken, and when answers to it were wrong. */
const statements = [
  'alter table messages add column asked text',
  'alter table messages add column handed_at bigint',
  'alter table messages add column accepted_at bigint',
  'alter table messages add column wrong_at text',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
