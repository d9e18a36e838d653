import { type Kysely, sql } from 'kysely';

/**
 * How many decisions a row stands for, and whose room it takes (`store/guard-decisions.ts`); and how many there were in an
 * hour, whatever is kept of them.
 */
const statements = [
  'alter table guard_decisions add column times bigint not null default 1',
  'alter table guard_decisions add column around text',
  'create index guard_decisions_around on guard_decisions (around, at)',
  `create table decision_figures (
    hour bigint not null, country text not null, decision text not null, is_enforced bigint not null,
    decisions bigint not null, last_at bigint not null, primary key (hour, country, decision, is_enforced))`,
  `insert into decision_figures (hour, country, decision, is_enforced, decisions, last_at)
    select at / 3600000, coalesce(country, ''), decision, is_enforced, count(*), max(at)
    from guard_decisions group by at / 3600000, coalesce(country, ''), decision, is_enforced`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
