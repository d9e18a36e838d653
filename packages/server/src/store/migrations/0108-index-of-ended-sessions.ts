import { type Kysely, sql } from 'kysely';

/** Few sessions are ended before their time: housekeeping finds them without a look at everything else that is over. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const which = sql`model = 'Session' and consumed_at is not null`;
  await sql`create index oidc_models_of_ended_sessions on oidc_models (expires_at) where ${which}`.execute(db);
}
