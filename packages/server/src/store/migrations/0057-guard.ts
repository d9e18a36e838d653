import { type Kysely, sql } from 'kysely';

/**
 * Budgets of unverified codes (`store/guard-budgets.ts`), and what the guard decided. Whoever has sent messages before
 * sees first what the guard would refuse; a fresh server is guarded at once.
 */
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
  await recordFirst(db);
}

async function recordFirst(db: Kysely<unknown>): Promise<void> {
  const { rows: used } = await sql`select id from messages limit 1`.execute(db);
  if (used.length === 0) return;
  const name = 'sign-in-experience';
  const { rows } = await sql<{ value: string }>`select value from settings where name = ${name}`.execute(db);
  const fraudPolicy = { mode: 'record' };
  const value = JSON.stringify({ ...JSON.parse(rows[0]?.value ?? '{}'), fraudPolicy });
  await (rows.length > 0
    ? sql`update settings set value = ${value} where name = ${name}`
    : sql`insert into settings (name, value, updated_at) values (${name}, ${value}, ${Date.now()})`
  ).execute(db);
}
