import { type Kysely, sql } from 'kysely';

/** Administrators keep addresses from mail as well, without a message; lists need an order that an index has. */
const statements = [
  `create table suppressions_anew (
    id text not null unique, recipient text primary key, error text not null, message_id text,
    created_at bigint not null)`,
  `insert into suppressions_anew (id, recipient, error, message_id, created_at)
    select message_id, recipient, error, message_id, created_at from suppressions`,
  'drop table suppressions',
  'alter table suppressions_anew rename to suppressions',
  'create index suppressions_in_order on suppressions (created_at, id)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
