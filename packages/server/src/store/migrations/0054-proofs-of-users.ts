import { type Kysely, sql } from 'kysely';

/** What is proven of a user is found by what the user has, and a recipient may be one that nobody has typed. */
const statements = [
  'create index verifications_by_phone on verifications (phone)',
  'create index verifications_by_email on verifications (lower(email))',
  'create index verifications_by_user on verifications (user_id)',
  'alter table verifications add column is_untyped bigint not null default 0',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
