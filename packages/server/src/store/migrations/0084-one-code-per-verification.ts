import { type Kysely, sql } from 'kysely';

/**
 * What a code is made of, what for (with its digest, which an older version replaces alone), and when: a code that is
 * asked for again goes out again.
 */
const statements = [
  'alter table verification_codes add column seed text',
  'alter table verification_codes add column made_for text',
  'alter table verification_codes add column made_at bigint',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
