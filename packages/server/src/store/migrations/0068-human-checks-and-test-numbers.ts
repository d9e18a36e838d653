import { type Kysely, SqliteAdapter, sql } from 'kysely';

/**
 * Human checks: what was used and must not be used again, and who passed one. Test numbers and addresses; processes hold
 * them in memory: see `0022-changes-of-what-is-held`.
 */
const tables = [
  'create table used_checks (digest text primary key, expires_at bigint not null)',
  'create index used_checks_expires_at on used_checks (expires_at)',
  `create table passed_checks (subject text primary key, messages_left bigint not null, expires_at bigint not null)`,
  'create index passed_checks_expires_at on passed_checks (expires_at)',
  `create table test_numbers (recipient text primary key, code text not null, note text not null, expires_at bigint,
    created_at bigint not null, updated_at bigint not null)`,
];

const ofSqlite = ['insert', 'update', 'delete'].map(
  (event, index) => `create trigger held_test_numbers_${index + 1} after ${event} on test_numbers begin
    delete from held_stamps;
    insert into held_stamps (purpose, stamp) values ('held', lower(hex(randomblob(16))));
  end`,
);

const ofPostgres = [
  `create constraint trigger held_rows after insert or update or delete on test_numbers
    deferrable initially deferred for each row execute function replace_held_stamp()`,
  `create trigger held_table after truncate on test_numbers for each statement execute function replace_held_stamp()`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  const triggers = db.getExecutor().adapter instanceof SqliteAdapter ? ofSqlite : ofPostgres;
  for (const statement of [...tables, ...triggers]) await sql.raw(statement).execute(db);
}
