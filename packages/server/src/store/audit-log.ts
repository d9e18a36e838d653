import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import { text, whole } from './parameters.ts';
import type { AuditLogTable } from './schema.ts';
import type { Store } from './store.ts';

/**
 * The statement that records a change, if the condition holds. The name of an application is looked up; one that is gone
 * by now is recorded by its id.
 */
export function insertingAuditLogEntry(
  { db }: Store,
  entry: AuditLogTable,
  condition: RawBuilder<boolean> = sql`1 = 1`,
): CompiledQuery<unknown> {
  const { actor_type, actor_id, actor_name } = entry;
  const name =
    actor_type === 'application'
      ? sql`coalesce((select name from applications where id = ${actor_id}), ${text(actor_name)})`
      : text(actor_name);
  return sql`
    insert into audit_log (id, at, times, actor_type, actor_id, actor_name, action, subject_type, subject_id, details)
    select ${text(entry.id)}, ${whole(entry.at)}, ${whole(entry.times)}, ${text(actor_type)}, ${text(actor_id)}, ${name},
      ${text(entry.action)}, ${text(entry.subject_type)}, ${text(entry.subject_id)}, ${text(entry.details)}
    where ${condition}`.compile(db);
}

/** What stands for several actors in one entry. */
const several = 'several';

/** Records something, or counts it in the entry with the same id; who and what differ there is not kept. */
export async function countAuditLogEntry({ db }: Store, entry: AuditLogTable): Promise<void> {
  const { at } = entry;
  await db
    .insertInto('audit_log')
    .values(entry)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({
        at,
        times: sql`audit_log.times + 1`,
        actor_id: sql`case when audit_log.actor_id = ${entry.actor_id} then audit_log.actor_id else ${several} end`,
        actor_name: sql`case when audit_log.actor_id = ${entry.actor_id} then audit_log.actor_name else ${several} end`,
        subject_id: sql`case when audit_log.subject_id = ${text(entry.subject_id)} then audit_log.subject_id end`,
      }),
    )
    .execute();
}

/** A page of entries, newest first, and how many there are in all. */
export async function listAuditLog(
  { db }: Store,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ entries: AuditLogTable[]; total: number }> {
  const query = db.selectFrom('audit_log');
  const [entries, { total }] = await Promise.all([
    query.selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).offset(offset).execute(),
    query.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ]);
  return { entries, total };
}
