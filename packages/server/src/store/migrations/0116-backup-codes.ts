import { type Kysely, sql } from 'kysely';

/**
 * Codes that users keep for a second step without their phone; those that are shown and not yet kept wait in a
 * verification.
 */
const statements = [
  `create table backup_codes (
    user_id text not null, digest text not null, set_id text not null, created_at bigint not null,
    used_at bigint, used_by text, primary key (user_id, digest))`,
  'alter table verifications add column backup_codes text',
  'alter table sign_in_flows add column backup_codes_id text',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
