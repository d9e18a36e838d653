import { type Kysely, sql } from 'kysely';

/** What administrators and applications changed; what the columns mean is said in `schema.ts`. */
const statements = [
  `create table audit_log (
    id text primary key, at bigint not null, actor_type text not null, actor_id text not null,
    actor_name text not null, action text not null, subject_type text not null, subject_id text,
    details text not null)`,
  `create index audit_log_by_time on audit_log (at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
