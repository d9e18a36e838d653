import { type Kysely, sql } from 'kysely';

/**
 * What providers report of messages, each report once, and what came of them all. A report that comes again has the same
 * digest.
 */
const statements = [
  `create table message_reports (
    message_id text not null, digest text not null, connector_id text not null, received_at bigint not null,
    state text not null, provider_code text, provider_message text, provider_at bigint,
    primary key (message_id, digest))`,
  'create index message_reports_by_connector on message_reports (connector_id, received_at)',
  'create index message_reports_by_time on message_reports (received_at)',
  'alter table messages add column delivered_at bigint',
  'alter table messages add column reported_at bigint',
  'alter table messages add column parts bigint',
  'alter table messages add column price text',
  'alter table messages add column currency text',
  'alter table messages add column network text',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
