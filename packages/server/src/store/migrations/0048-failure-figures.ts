import { type Kysely, sql } from 'kysely';

/** Why the messages of an hour did not get through, once that changes no more, as `message_figures` for all of them. */
const statements = [
  `create table failure_figures (
    hour bigint not null, factory_id text not null, country text not null, usage_type text not null,
    state text not null, code text not null, kind text not null, provider_code text not null, messages bigint not null, message text not null,
    primary key (hour, factory_id, country, usage_type, state, code, kind, provider_code))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
