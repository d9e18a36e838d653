import { type Kysely, SqliteAdapter, sql } from 'kysely';

/**
 * Budgets in millionths, so that what leaks between two sends is not rounded away, with the day until when a row is of use,
 * which changes rarely and so costs an index little. The guard from now on holds where nobody has said otherwise.
 */
const statementsFor = (isSqlite: boolean) => [
  'alter table guard_budgets rename to guard_budgets_before',
  'drop index guard_budgets_by_age',
  `create table guard_budgets (
    scope text primary key, level bigint not null, leak_ms bigint not null, sent bigint not null,
    verified bigint not null, recent bigint not null, elsewhere bigint not null, passed bigint not null, failed bigint not null,
    closures bigint not null, closed_until bigint not null, verified_at bigint, updated_at bigint not null,
    kept_until bigint not null)${isSqlite ? ' without rowid' : ''}`,
  `insert into guard_budgets select scope, level * 1000, leak_ms, sent * 1000, verified * 1000, recent * 1000, 0,
    passed * 1000, failed * 1000, closures, closed_until, verified_at, updated_at,
    case when verified_at is null then updated_at + 1296000000 else updated_at + 15552000000 end
    from guard_budgets_before`,
  'drop table guard_budgets_before',
  'create index guard_budgets_kept_until on guard_budgets (kept_until)',
];

type Experience = { fraudPolicy?: { mode?: string } };

/** The guard holds on servers that are new. One that was there before it goes on as it did, and records what would be. */
async function recordOnly(db: Kysely<unknown>): Promise<void> {
  const { rows: users } = await sql`
    select 1 from administrators union all select 1 from connectors union all select 1 from users limit 1`.execute(db);
  if (users.length === 0) return;
  const name = 'sign-in-experience';
  const { rows } = await sql<{ value: string }>`select value from settings where name = ${name}`.execute(db);
  const experience = JSON.parse(rows[0]?.value ?? '{}') as Experience;
  const { fraudPolicy } = experience;
  if (fraudPolicy?.mode !== undefined && fraudPolicy.mode !== 'off') return;
  const value = JSON.stringify({ ...experience, fraudPolicy: { ...fraudPolicy, mode: 'record' } });
  await sql`insert into settings (name, value, updated_at) values (${name}, ${value}, ${0})
    on conflict (name) do update set value = excluded.value`.execute(db);
}

export async function up(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter;
  for (const statement of statementsFor(isSqlite)) await sql.raw(statement).execute(db);
  await recordOnly(db);
}
