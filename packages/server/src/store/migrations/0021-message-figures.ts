import { type Kysely, sql } from 'kysely';

/** What became of the messages of an hour, once that changes no more; counting millions of them takes seconds. */
const statements = [
  `create table message_figures (
    hour bigint not null, factory_id text not null, country text not null, usage_type text not null,
    requested bigint not null, sent bigint not null, delivered bigint not null, verified bigint not null,
    primary key (hour, factory_id, country, usage_type))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
