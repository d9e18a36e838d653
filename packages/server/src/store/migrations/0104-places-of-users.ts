import { type Kysely, SqliteAdapter, sql } from 'kysely';

/** SQLite gives a new column no default that differs from row to row. */
const ofSqlite = [
  'alter table users add column place bigint',
  'update users set place = random() & 281474976710655',
  `create trigger users_get_places after insert on users when new.place is null begin
    update users set place = random() & 281474976710655 where id = new.id;
  end`,
];

const ofPostgres = [
  'alter table users add column place bigint not null default floor(random() * 281474976710656)::bigint',
];

/** A place at random for each user: a name that is nobody's is led to one whose password has a digest. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const places = db.getExecutor().adapter instanceof SqliteAdapter ? ofSqlite : ofPostgres;
  const index = 'create index users_by_place on users (place) where password_digest is not null';
  for (const statement of [...places, index]) await sql.raw(statement).execute(db);
}
