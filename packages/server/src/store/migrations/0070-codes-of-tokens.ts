import { type Kysely, sql } from 'kysely';

/** Which authorization code a token comes from, so that its reuse ends nothing that others got of the same grant. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table oidc_models add column code_id text').execute(db);
}
