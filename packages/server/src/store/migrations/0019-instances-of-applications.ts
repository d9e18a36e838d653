import { type Kysely, sql } from 'kysely';

const columns = [
  `alter table applications add column instance text`,
  `create unique index applications_by_instance on applications (instance)`,
  `alter table oidc_models add column client_instance text`,
];

/** JSON is searched as text, which both databases can. The account page is no application. */
const instances = [
  `update applications set instance = id`,
  `update oidc_models set client_instance = (select applications.id from applications
    where replace(payload, '"clientId":"' || applications.id || '"', '') <> payload limit 1) where model = 'Grant'`,
  `delete from oidc_models where model = 'Grant' and client_instance is null
    and replace(payload, '"clientId":"sesame-account"', '') = payload`,
];

/** Applications that are there are known by their id from now on, and what they were given as theirs. */
export async function nameInstances(db: Kysely<unknown>): Promise<void> {
  for (const statement of instances) await sql.raw(statement).execute(db);
}

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of columns) await sql.raw(statement).execute(db);
  await nameInstances(db);
}
