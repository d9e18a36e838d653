import { type Kysely, sql } from 'kysely';

/** Wrong answers are counted for strangers and for known browsers apart; those from before were of strangers. */
const statements = [
  `alter table verification_failures rename to verification_failures_before`,
  `create table verification_failures (
    recipient text not null, counter text not null, failures bigint not null, blocked_until bigint not null,
    last_check_id text not null, updated_at bigint not null, primary key (recipient, counter))`,
  `insert into verification_failures
    select recipient, 'all', failures, 0, last_check_id, updated_at from verification_failures_before`,
  `insert into verification_failures
    select recipient, 'strangers', failures, blocked_until, last_check_id, updated_at from verification_failures_before`,
  `drop table verification_failures_before`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
