import { type Kysely, SqliteAdapter, sql } from 'kysely';

/** What tells how somebody got in and what became of their number; what the columns mean is said in `schema.ts`. */
const statements = [
  `create table sign_ins (
    id text primary key, user_id text not null, at bigint not null, application_id text not null,
    event text not null, method text not null, network text not null, user_agent text,
    device text not null, previous_device text, forgotten_at bigint)`,
  `create index sign_ins_by_user on sign_ins (user_id, at, id)`,
  `create index sign_ins_by_time on sign_ins (at)`,
  `create index sign_ins_forgotten on sign_ins (device) where forgotten_at is not null`,
  `create table phone_changes (
    id text primary key, user_id text not null, at bigint not null, phone_before text, phone text, changed_by text)`,
  `create index phone_changes_by_user on phone_changes (user_id, at, id)`,
  `alter table users add column phone_changed_by text`,
  `alter table users add column password_set_at bigint`,
  // The end of a number is what people say on the phone.
  `create index users_by_end_of_phone on users ((substr(phone, length(phone) - 3))) where phone is not null`,
];

const columns = '(id, user_id, at, phone_before, phone, changed_by)';
const values = 'new.id, new.updated_at, old.phone, new.phone, new.phone_changed_by';

const ofSqlite = [
  `create trigger phone_changes_kept after update of phone on users when old.phone is not new.phone begin
    insert into phone_changes ${columns} values (lower(hex(randomblob(16))), ${values});
  end`,
  `create trigger users_forgotten after delete on users begin
    delete from sign_ins where user_id = old.id;
    delete from phone_changes where user_id = old.id;
  end`,
];

/** The schema is named because the session may be one of the operator's, with another search path. */
const ofPostgres = [
  `create function keep_phone_change() returns trigger language plpgsql as $$ begin
    execute format('insert into %I.phone_changes ${columns} values ($1, $2, $3, $4, $5, $6)', tg_table_schema)
      using gen_random_uuid()::text, ${values};
    return null;
  end $$`,
  `create trigger phone_changes_kept after update of phone on users for each row
    when (old.phone is distinct from new.phone) execute function keep_phone_change()`,
  `create function forget_user() returns trigger language plpgsql as $$ begin
    execute format('delete from %I.sign_ins where user_id = $1', tg_table_schema) using old.id;
    execute format('delete from %I.phone_changes where user_id = $1', tg_table_schema) using old.id;
    return null;
  end $$`,
  `create trigger users_forgotten after delete on users for each row execute function forget_user()`,
];

/** A change of a number is kept in the transaction that makes it, whoever makes it, also by SQL of their own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const triggers = db.getExecutor().adapter instanceof SqliteAdapter ? ofSqlite : ofPostgres;
  for (const statement of [...statements, ...triggers]) await sql.raw(statement).execute(db);
}
