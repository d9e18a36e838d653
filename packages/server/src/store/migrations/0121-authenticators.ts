import { type Kysely, sql } from 'kysely';

/** Authenticator apps of users; those that are being set up wait in a verification. */
const statements = [
  `create table authenticators (
    user_id text not null primary key, id text not null, secret text not null, created_at bigint not null,
    last_used_at bigint, last_time_step bigint not null, used_by text)`,
  'alter table verifications add column authenticator_id text',
  'alter table verifications add column authenticator_secret text',
  'alter table verifications add column time_step bigint',
  'alter table sign_in_flows add column authenticator_verification_id text',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
