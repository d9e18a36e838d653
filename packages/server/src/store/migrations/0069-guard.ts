import { type Kysely, sql } from 'kysely';

/** Budgets of unverified codes (`store/guard-budgets.ts`), and what the guard decided. */
const statements = [
  `create table guard_budgets (
    scope text primary key, level bigint not null, max_level bigint not null, leak_ms bigint not null,
    sent bigint not null, verified bigint not null, recent bigint not null, passed bigint not null,
    failed bigint not null, closures bigint not null, closed_until bigint not null, verified_at bigint,
    last_send_id text, updated_at bigint not null)`,
  'create index guard_budgets_by_age on guard_budgets (updated_at)',
  `create table guard_decisions (
    id text primary key, at bigint not null, recipient text not null, country text, network text,
    decision text not null, is_enforced bigint not null, reasons text not null)`,
  'create index guard_decisions_by_time on guard_decisions (at, id)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
