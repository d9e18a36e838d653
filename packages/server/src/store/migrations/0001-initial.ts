import { type Kysely, sql } from 'kysely';

/** Plain SQL that SQLite and PostgreSQL both take. What the columns mean is said in `schema.ts`. */
const statements = [
  `create table settings (name text primary key, value text not null, updated_at bigint not null)`,

  `create table connectors (
    id text primary key, type text not null, factory_id text not null, config text not null, metadata text not null,
    created_at bigint not null, updated_at bigint not null)`,
  `create table live_connectors (
    type text primary key, connector_id text not null references connectors (id), since bigint not null)`,

  `create table messages (
    id text primary key, recipient text not null, country text, usage_type text not null, locale text,
    factory_id text, connector_id text, state text not null, provider_message_id text, error text,
    created_at bigint not null, updated_at bigint not null, verified_at bigint)`,
  `create index messages_by_time on messages (created_at)`,
  `create index messages_by_recipient on messages (recipient, created_at)`,
  `create index messages_in_flight on messages (created_at) where state = 'sending'`,

  `create table verification_codes (
    flow text not null, recipient text not null, digest text not null, message_id text not null, tries bigint not null,
    created_at bigint not null, expires_at bigint not null, used_at bigint, last_check_id text,
    primary key (flow, recipient))`,
  `create index verification_codes_by_expiry on verification_codes (expires_at)`,
  `create table verification_failures (
    recipient text primary key, failures bigint not null, blocked_until bigint not null, last_check_id text not null,
    updated_at bigint not null)`,
  `create table send_limits (
    key text primary key, window_started_at bigint not null, sends bigint not null, max_sends bigint not null,
    last_send_id text not null)`,

  `create table applications (
    id text primary key, name text not null, description text, type text not null, secret_digest text,
    oidc_client_metadata text not null, custom_data text not null, created_at bigint not null,
    updated_at bigint not null)`,
  `create table users (
    id text primary key, username text unique, phone text unique, name text, password_digest text,
    is_suspended bigint not null, custom_data text not null, profile text not null, created_at bigint not null,
    updated_at bigint not null, last_sign_in_at bigint, username_key bytea, name_key bytea, last_name_key bytea)`,
  `create index users_by_time on users (created_at)`,
  `create index users_by_username_key on users (username_key)`,
  `create index users_by_name_key on users (name_key)`,
  `create index users_by_last_name_key on users (last_name_key)`,

  `create table administrators (
    id text primary key, username text not null unique, password_digest text not null, created_at bigint not null,
    updated_at bigint not null)`,
  `create table administrator_sessions (
    token_digest text primary key, administrator_id text not null references administrators (id) on delete cascade,
    created_at bigint not null, expires_at bigint not null)`,
  `create table sign_in_attempts (
    key text primary key, window_started_at bigint not null, attempts bigint not null, last_attempt_id text not null)`,

  `create table oidc_models (
    model text not null, id text not null, payload text not null, grant_id text, uid text, user_code text,
    consumed_at bigint, expires_at bigint, primary key (model, id))`,
  `create index oidc_models_by_grant on oidc_models (grant_id)`,
  `create index oidc_models_by_uid on oidc_models (model, uid)`,
  `create index oidc_models_by_expiry on oidc_models (expires_at)`,
  `create table signing_keys (id text primary key, jwk text not null, created_at bigint not null, retired_at bigint)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
