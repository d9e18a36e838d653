import { type Kysely, sql } from 'kysely';

/**
 * How far each connector has come with what it asks and tells its provider after messages went out: up to which message, a
 * row for each of its steps, and which process is at it.
 */
const statements = [
  `create table follow_ups (
    connector_id text not null, step text not null, done_until bigint not null, done_id text not null,
    lease text, leased_until bigint not null, primary key (connector_id, step))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
