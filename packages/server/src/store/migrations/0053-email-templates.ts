import { type Kysely, SqliteAdapter, sql } from 'kysely';

/** Templates of mails by usage type and language. Processes hold them in memory: see `0022-changes-of-what-is-held`. */
const table = `create table email_templates (
  id text primary key, language_tag text not null, template_type text not null, details text not null,
  created_at bigint not null, unique (template_type, language_tag))`;

const ofSqlite = ['insert', 'update', 'delete'].map(
  (event, index) => `create trigger held_email_templates_${index + 1} after ${event} on email_templates begin
    delete from held_stamps;
    insert into held_stamps (purpose, stamp) values ('held', lower(hex(randomblob(16))));
  end`,
);

const ofPostgres = [
  `create constraint trigger held_rows after insert or update or delete on email_templates
    deferrable initially deferred for each row execute function replace_held_stamp()`,
  `create trigger held_table after truncate on email_templates for each statement execute function replace_held_stamp()`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  const triggers = db.getExecutor().adapter instanceof SqliteAdapter ? ofSqlite : ofPostgres;
  for (const statement of [table, ...triggers]) await sql.raw(statement).execute(db);
}
