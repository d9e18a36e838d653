import { type Kysely, sql } from 'kysely';

const statements = [
  `create table sign_in_flows (
    id text primary key, event text not null, key_digest text not null,
    verification_id text, user_id text, username text, password_digest text, created_at bigint not null,
    expires_at bigint not null)`,
  `create index sign_in_flows_by_expiry on sign_in_flows (expires_at)`,
  `create table verifications (
    id text primary key, subject text not null, usage_type text not null, phone text, user_id text,
    created_at bigint not null, verified_at bigint)`,
  `create index verifications_by_subject on verifications (subject)`,
  `create index verifications_by_time on verifications (created_at)`,
  `alter table oidc_models add column account_id text`,
  `create index oidc_models_by_account on oidc_models (account_id)`,
  `alter table users add column sessions_valid_from bigint`,
  `alter table send_limits add column window_ms bigint`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
