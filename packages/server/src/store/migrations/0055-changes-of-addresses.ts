import { type Kysely, SqliteAdapter, sql } from 'kysely';

/** Addresses have a history as numbers have; what the columns mean is said in `schema.ts`. */
const statements = [
  `create table email_changes (
    id text primary key, user_id text not null, at bigint not null, email_before text, email text, changed_by text)`,
  `create index email_changes_by_user on email_changes (user_id, at, id)`,
  `alter table users add column email_changed_by text`,
];

const columns = '(id, user_id, at, email_before, email, changed_by)';
const values = 'new.id, new.updated_at, old.email, new.email, new.email_changed_by';

const ofSqlite = [
  `create trigger email_changes_kept after update of email on users when old.email is not new.email begin
    insert into email_changes ${columns} values (lower(hex(randomblob(16))), ${values});
  end`,
  `create trigger email_changes_forgotten after delete on users begin
    delete from email_changes where user_id = old.id;
  end`,
];

/** The schema is named because the session may be one of the operator's, with another search path. */
const ofPostgres = [
  `create function keep_email_change() returns trigger language plpgsql as $$ begin
    execute format('insert into %I.email_changes ${columns} values ($1, $2, $3, $4, $5, $6)', tg_table_schema)
      using gen_random_uuid()::text, ${values};
    return null;
  end $$`,
  `create trigger email_changes_kept after update of email on users for each row
    when (old.email is distinct from new.email) execute function keep_email_change()`,
  `create function forget_email_changes() returns trigger language plpgsql as $$ begin
    execute format('delete from %I.email_changes where user_id = $1', tg_table_schema) using old.id;
    return null;
  end $$`,
  `create trigger email_changes_forgotten after delete on users for each row execute function forget_email_changes()`,
];

/** A change of an address is kept in the transaction that makes it, whoever makes it, also by SQL of their own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const triggers = db.getExecutor().adapter instanceof SqliteAdapter ? ofSqlite : ofPostgres;
  for (const statement of [...statements, ...triggers]) await sql.raw(statement).execute(db);
}
