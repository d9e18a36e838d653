import { type Kysely, SqliteAdapter, sql } from 'kysely';

/** The tables whose rows processes hold in memory, and what of them counts as a change. */
const tables = {
  settings: 'update of value',
  connectors: 'update',
  live_connectors: 'update',
  applications: 'update',
  resources: 'update',
  resource_scopes: 'update',
  default_resource: 'update',
  signing_keys: 'update',
};

/** Whoever changes what is held replaces the stamp in the same transaction, also by SQL of their own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const triggers = db.getExecutor().adapter instanceof SqliteAdapter ? ofSqlite : ofPostgres;
  for (const statement of [`create table held_stamps (purpose text primary key, stamp text not null)`, ...triggers()]) {
    await sql.raw(statement).execute(db);
  }
}

/** No conflict can arise here: how it ends would be up to the statement that set the trigger off. */
const ofSqlite = () =>
  Object.entries(tables).flatMap(([table, update]) =>
    ['insert', update, 'delete'].map(
      (event, index) => `create trigger held_${table}_${index + 1} after ${event} on ${table} begin
        delete from held_stamps;
        insert into held_stamps (purpose, stamp) values ('held', lower(hex(randomblob(16))));
      end`,
    ),
  );

/**
 * The stamp is replaced at the end of the transaction, so that nobody waits for a lock of somebody who holds it. The
 * schema is named because the session may be one of the operator's, with another search path.
 */
const ofPostgres = () => [
  `create function replace_held_stamp() returns trigger language plpgsql as $$ begin
    execute format(
      'insert into %I.held_stamps (purpose, stamp) values (''held'', gen_random_uuid()::text)
       on conflict (purpose) do update set stamp = excluded.stamp',
      tg_table_schema);
    return null;
  end $$`,
  ...Object.entries(tables).flatMap(([table, update]) => [
    `create constraint trigger held_rows after insert or ${update} or delete on ${table}
      deferrable initially deferred for each row execute function replace_held_stamp()`,
    `create trigger held_table after truncate on ${table} for each statement execute function replace_held_stamp()`,
  ]),
];
