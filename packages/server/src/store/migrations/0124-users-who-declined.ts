import { type Kysely, sql } from 'kysely';

/** Users who were asked whether they want a second factor, and do not. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table users add column declined_second_factor bigint not null default 0').execute(db);
}
