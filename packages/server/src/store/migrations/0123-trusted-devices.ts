import { type Kysely, sql } from 'kysely';

/** Browsers that are trusted for the second factor, and whether a sign-in is to make one of its own. */
const statements = [
  `create table trusted_devices (
    id text not null primary key, user_id text not null, digest text not null unique, factor text not null,
    network text not null, user_agent text, created_at bigint not null, last_used_at bigint, expires_at bigint not null)`,
  'create index trusted_devices_by_user on trusted_devices (user_id, created_at)',
  'create index trusted_devices_by_end on trusted_devices (expires_at)',
  'alter table sign_in_flows add column trusts_device bigint not null default 0',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
