import { type Kysely, sql } from 'kysely';

/**
 * Records of OpenID Connect by uid. While a table is small, an index that begins with the model is as good to
 * PostgreSQL as the primary key; it keeps to that plan, and each look by id went through all records of the model.
 * Those of ended sessions have an index of their own, for whoever asks whether a session was ended.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index oidc_models_by_uid`.execute(db);
  await sql`create index oidc_models_by_uid on oidc_models (uid) where uid is not null`.execute(db);
  const which = sql`model = 'Session' and consumed_at is not null`;
  await sql`create index oidc_models_by_uid_of_ended on oidc_models (uid) where ${which}`.execute(db);
}
