import { type Kysely, SqliteAdapter, sql } from 'kysely';

const kinds = ['phone', 'email'] as const;

const ofSqlite = (kind: (typeof kinds)[number]) => [
  `drop trigger ${kind}_changes_kept`,
  `create trigger ${kind}_changes_kept after update of ${kind} on users when old.${kind} is not new.${kind} begin
    insert into ${kind}_changes (id, user_id, at, ${kind}_before, ${kind}, changed_by)
    select printf('%012d-', count(*)) || lower(hex(randomblob(16))),
      new.id, new.updated_at, old.${kind}, new.${kind}, new.${kind}_changed_by
    from ${kind}_changes where user_id = new.id;
  end`,
];

/** The schema is named because the session may be one of the operator's, with another search path. */
const ofPostgres = (kind: (typeof kinds)[number]) => [
  `create or replace function keep_${kind}_change() returns trigger language plpgsql as $$ begin
    execute format('insert into %I.${kind}_changes (id, user_id, at, ${kind}_before, ${kind}, changed_by)
      select lpad(count(*)::text, 12, ''0'') || $1, $2, $3, $4, $5, $6
      from %I.${kind}_changes where user_id = $2', tg_table_schema, tg_table_schema)
      using '-' || gen_random_uuid()::text, new.id, new.updated_at, old.${kind}, new.${kind}, new.${kind}_changed_by;
    return null;
  end $$`,
];

/** Changes of one user within a millisecond are kept in their order: their ids, which were random, begin with it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const triggers = db.getExecutor().adapter instanceof SqliteAdapter ? ofSqlite : ofPostgres;
  for (const statement of kinds.flatMap(triggers)) await sql.raw(statement).execute(db);
}
