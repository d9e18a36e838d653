import { type Kysely, sql } from 'kysely';

/** Whoever administers the server until now goes on as its owner; a row that does not say is the least. */
const statements = [
  `alter table administrators add column role text not null default 'viewer'`,
  `update administrators set role = 'owner'`,
  `alter table administrators add column two_step_declined_at bigint`,
  `create table administrator_authenticators (
    administrator_id text primary key references administrators (id) on delete cascade, secret text not null,
    created_at bigint not null, confirmed_at bigint, last_time_step bigint not null,
    last_check_id text not null)`,
  `create table administrator_recovery_codes (
    administrator_id text not null references administrators (id) on delete cascade, digest text not null,
    primary key (administrator_id, digest))`,
  `alter table audit_log add column times bigint not null default 1`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
