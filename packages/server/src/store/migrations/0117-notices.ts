import { type Kysely, sql } from 'kysely';

/** What owners are still to be told of. */
const statements = [
  `create table notices (
    id text primary key, user_id text not null, email text, phone text, change text not null, detail text,
    actor text not null, locales text not null, tries bigint not null, next_at bigint not null, created_at bigint not null)`,
  'create index notices_by_next on notices (next_at)',
];

/** New servers tell owners by mail. One that was there before tells nobody until somebody switches it on. */
async function tellNobody(db: Kysely<unknown>): Promise<void> {
  const { rows: used } = await sql`
    select 1 from administrators union all select 1 from connectors union all select 1 from users limit 1`.execute(db);
  if (used.length === 0) return;
  const name = 'sign-in-experience';
  const { rows } = await sql<{ value: string }>`select value from settings where name = ${name}`.execute(db);
  const value = JSON.stringify({ ...JSON.parse(rows[0]?.value ?? '{}'), accountNotices: { email: false, sms: false } });
  await sql`insert into settings (name, value, updated_at) values (${name}, ${value}, ${0})
    on conflict (name) do update set value = excluded.value`.execute(db);
}

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
  await tellNobody(db);
}
