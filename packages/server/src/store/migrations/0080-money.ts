import { type Kysely, sql } from 'kysely';

/**
 * What messages cost, in millionths of a currency: an estimate until the provider says it. What was spent in a period,
 * where there are caps, and what was spent by the hour. Of what block of numbers a decision was.
 */
const statements = [
  'alter table messages add column estimated_parts bigint',
  'alter table messages add column cost bigint',
  'alter table messages add column cost_currency text',
  'alter table messages add column cost_is_estimated bigint',
  `create table spendings (
    key text primary key, messages bigint not null, cost bigint not null, max_messages bigint, max_cost bigint,
    ends_at bigint not null, last_send_id text not null)`,
  'create index spendings_by_end on spendings (ends_at)',
  `create table cost_figures (
    hour bigint not null, factory_id text not null, country text not null, currency text not null,
    messages bigint not null, parts bigint not null, cost bigint not null, verified bigint not null,
    primary key (hour, factory_id, country, currency))`,
  'alter table guard_decisions add column block text',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
