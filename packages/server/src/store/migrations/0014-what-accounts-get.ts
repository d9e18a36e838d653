import { type Kysely, sql } from 'kysely';

/** What an account that is known gets at the end of a sign-in; a username and a password that are to make one. */
const statements = [
  `alter table sign_in_flows add column phone_verification_id text`,
  `alter table verifications add column username text`,
  `alter table verifications add column password_digest text`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
