import { type Kysely, sql } from 'kysely';

/** The message that a code went out with before: it counts where the one after it certainly did not go out. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table verification_codes add column message_before text').execute(db);
}
