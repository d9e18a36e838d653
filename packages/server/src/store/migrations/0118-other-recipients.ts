import { type Kysely, SqliteAdapter, sql } from 'kysely';
import { nationalNumber } from './0050-finding-users.ts';

const collated = (isSqlite: boolean) => (isSqlite ? 'text' : 'text collate "C"');

const tables = (isSqlite: boolean) => [
  `create table other_recipients (
    id text not null primary key, user_id text not null, phone text unique, email text,
    email_key ${collated(isSqlite)} unique, created_at bigint not null, changed_by text)`,
  'create index other_recipients_by_user on other_recipients (user_id, created_at, id)',
  `create index other_recipients_by_national_number on other_recipients ((${nationalNumber})) where phone is not null`,
  `create index other_recipients_by_end_of_phone on other_recipients ((substr(phone, length(phone) - 3)))
    where phone is not null`,
  'alter table users add column others text',
];

const kinds = ['phone', 'email'] as const;
const keys = { phone: 'phone', email: 'email_key' } as const;

/** What both databases say themselves of a unique column. */
const taken = (kind: (typeof kinds)[number]) => `'UNIQUE constraint failed: users.${keys[kind]}'`;

const ofSqlite = [
  ...['insert', 'update of phone, email_key'].map(
    (event) => `create trigger recipients_free_at_${event.slice(0, 6)} after ${event} on users
    when new.phone is not null or new.email_key is not null begin
      ${kinds
        .map(
          (kind) => `select raise(abort, ${taken(kind)}) where exists (
        select 1 from other_recipients where ${keys[kind]} = new.${keys[kind]} and user_id <> new.id);`,
        )
        .join('\n')}
      delete from other_recipients where user_id = new.id and (phone = new.phone or email_key = new.email_key);
    end`,
  ),
  `create trigger other_recipients_kept after insert on other_recipients begin
    ${kinds
      .map(
        (kind) => `select raise(abort, ${taken(kind)}) where exists (
      select 1 from users where ${keys[kind]} = new.${keys[kind]});`,
      )
      .join('\n')}
    ${keepingOfSqlite('new')}
  end`,
  `create trigger other_recipients_gone after delete on other_recipients begin ${keepingOfSqlite('old')} end`,
  `create trigger other_recipients_forgotten after delete on users begin
    delete from other_recipients where user_id = old.id;
  end`,
];

function keepingOfSqlite(row: 'new' | 'old'): string {
  const changes = kinds.map((kind) => {
    const [before, after] = row === 'new' ? ['null', `new.${kind}`] : [`old.${kind}`, 'null'];
    return `insert into ${kind}_changes (id, user_id, at, ${kind}_before, ${kind}, changed_by)
      select printf('%012d-', (select count(*) from ${kind}_changes where user_id = ${row}.user_id))
        || lower(hex(randomblob(16))), id, updated_at, ${before}, ${after}, ${row}.changed_by
      from users where id = ${row}.user_id and ${row}.${kind} is not null;`;
  });
  return `update users set others = (select group_concat(coalesce(phone, email), ' ' order by email is not null, created_at, id)
      from other_recipients where user_id = ${row}.user_id) where id = ${row}.user_id;
    ${changes.join('\n')}`;
}

/**
 * A transaction sees nothing of what another has not committed, so those that give somebody a number or an address may go
 * side by side, and one that gives another waits for all of them. The schema is named because the session may be one of the
 * operator's, with another search path.
 */
const ofPostgres = [
  `create function keep_recipients_free() returns trigger language plpgsql as $$ declare other record; begin
    perform pg_advisory_xact_lock_shared(hashtextextended('other-recipients', 0));
    for other in execute format('select id, user_id, phone from %I.other_recipients where phone = $1 or email_key = $2',
      tg_table_schema) using new.phone, new.email_key
    loop
      if other.user_id <> new.id then
        raise unique_violation using
          constraint = case when other.phone is null then 'users_email_key' else 'users_phone_key' end;
      end if;
      execute format('delete from %I.other_recipients where id = $1', tg_table_schema) using other.id;
    end loop;
    return null;
  end $$`,
  ...['insert', 'update of phone, email_key'].map(
    (event) => `create trigger recipients_free_at_${event.slice(0, 6)} after ${event} on users for each row
      when (new.phone is not null or new.email_key is not null) execute function keep_recipients_free()`,
  ),
  `create function keep_other_recipient() returns trigger language plpgsql as $$
  declare
    kind text;
    given record;
    primaries bigint;
    before text;
    after text;
  begin
    if tg_op = 'INSERT' then
      given := new;
      perform pg_advisory_xact_lock(hashtextextended('other-recipients', 0));
      execute format('select count(*) from %I.users where phone = $1 or email_key = $2', tg_table_schema)
        into primaries using new.phone, new.email_key;
    else
      given := old;
      primaries := 0;
    end if;
    kind := case when given.phone is null then 'email' else 'phone' end;
    if primaries > 0 then
      raise unique_violation using constraint = 'users_' || kind || '_key';
    end if;
    if tg_op = 'INSERT' then after := coalesce(given.phone, given.email);
    else before := coalesce(given.phone, given.email);
    end if;
    execute format('update %1$I.users set others = (select string_agg(coalesce(phone, email), '' '' order by email is not null, created_at, id)
      from %1$I.other_recipients where user_id = $1) where id = $1', tg_table_schema) using given.user_id;
    execute format('insert into %1$I.%2$s_changes (id, user_id, at, %2$s_before, %2$s, changed_by)
      select lpad((select count(*) from %1$I.%2$s_changes where user_id = $2)::text, 12, ''0'') || $1,
        id, updated_at, $3, $4, $5 from %1$I.users where id = $2', tg_table_schema, kind)
      using '-' || gen_random_uuid()::text, given.user_id, before, after, given.changed_by;
    return null;
  end $$`,
  `create trigger other_recipients_kept after insert or delete on other_recipients for each row
    execute function keep_other_recipient()`,
  `create function forget_other_recipients() returns trigger language plpgsql as $$ begin
    execute format('delete from %I.other_recipients where user_id = $1', tg_table_schema) using old.id;
    return null;
  end $$`,
  `create trigger other_recipients_forgotten after delete on users for each row
    execute function forget_other_recipients()`,
];

/**
 * Numbers and addresses of users beside the primary ones. Whoever writes, also by SQL of their own: each belongs to one
 * user at most, among primary and other ones; one that becomes primary is no other any more; and they go with the user.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter;
  for (const statement of [...tables(isSqlite), ...(isSqlite ? ofSqlite : ofPostgres)]) {
    await sql.raw(statement).execute(db);
  }
}
