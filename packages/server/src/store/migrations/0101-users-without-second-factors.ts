import { type Kysely, sql } from 'kysely';

/** Whether a user wants no second code where the policy leaves it to them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table users add column skips_second_factor bigint not null default 0').execute(db);
}
