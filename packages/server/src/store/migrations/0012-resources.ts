import { type Kysely, sql } from 'kysely';

/** APIs of the operator's own, and the scopes of each. */
const statements = [
  `create table resources (
    id text primary key, name text not null, indicator text not null unique, access_token_ttl bigint not null,
    created_at bigint not null)`,
  `create table resource_scopes (
    id text primary key, resource_id text not null references resources (id) on delete cascade, name text not null,
    description text, machines_only bigint not null, created_at bigint not null, unique (resource_id, name))`,
  `create table default_resource (
    purpose text primary key, resource_id text not null references resources (id) on delete cascade)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
