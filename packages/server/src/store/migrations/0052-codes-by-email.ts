import { type Kysely, sql } from 'kysely';

/** A verification may be of an email address, and a flow leads to an account that has both a number and an address. */
const statements = [
  `alter table verifications add column email text`,
  `alter table sign_in_flows add column email_verification_id text`,
  // What a new account gets is now in the columns for it, whatever said first who somebody is.
  `update sign_in_flows set phone_verification_id = verification_id where event = 'Register' and user_id is null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
