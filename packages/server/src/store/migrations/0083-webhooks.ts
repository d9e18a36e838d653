import { type Kysely, SqliteAdapter, sql } from 'kysely';

/**
 * Webhooks, which processes hold in memory (see `0022-changes-of-what-is-held`), what is to be delivered to them, and each
 * attempt.
 */
const tables = [
  `create table hooks (id text primary key, name text not null, events text not null, config text not null,
    signing_key text not null, enabled bigint not null, created_at bigint not null)`,
  `create table hook_deliveries (id text primary key, hook_id text not null, event_id text not null, event text not null,
    payload text not null, user_row text, state text not null, tries bigint not null, next_at bigint not null, lease text,
    leased_until bigint not null, created_at bigint not null, ended_at bigint)`,
  `create index hook_deliveries_waiting on hook_deliveries (hook_id, next_at) where state = 'waiting'`,
  'create index hook_deliveries_of_hook on hook_deliveries (hook_id, created_at, id)',
  'create index hook_deliveries_by_time on hook_deliveries (created_at)',
  `create table hook_attempts (id text primary key, delivery_id text not null, hook_id text not null, event text not null,
    at bigint not null, duration_ms bigint not null, status bigint, error text, response text)`,
  'create index hook_attempts_of_delivery on hook_attempts (delivery_id, at)',
  'create index hook_attempts_of_hook on hook_attempts (hook_id, at, id)',
  'create index hook_attempts_by_time on hook_attempts (at)',
];

const ofSqlite = ['insert', 'update', 'delete'].map(
  (event, index) => `create trigger held_hooks_${index + 1} after ${event} on hooks begin
    delete from held_stamps;
    insert into held_stamps (purpose, stamp) values ('held', lower(hex(randomblob(16))));
  end`,
);

const ofPostgres = [
  `create constraint trigger held_rows after insert or update or delete on hooks
    deferrable initially deferred for each row execute function replace_held_stamp()`,
  `create trigger held_table after truncate on hooks for each statement execute function replace_held_stamp()`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  const triggers = db.getExecutor().adapter instanceof SqliteAdapter ? ofSqlite : ofPostgres;
  for (const statement of [...tables, ...triggers]) await sql.raw(statement).execute(db);
}
