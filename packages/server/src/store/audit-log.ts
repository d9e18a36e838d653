import { type CompiledQuery, type RawBuilder, type SqlBool, sql } from 'kysely';
import {
  anyOf,
  asTyped,
  between,
  equals,
  type List,
  type Page,
  type Selection,
  type Start,
  selecting,
} from './listing.ts';
import { everyEntry, type Listed, listEntries } from './lists.ts';
import { text, whole } from './parameters.ts';
import type { Store } from './store.ts';
import type { AuditLogTable } from './tables/administrators.ts';

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

/** Records a change that goes on, or puts into its entry what it has come to by now. */
export async function putAuditLogEntry({ db }: Store, entry: AuditLogTable): Promise<void> {
  const { details } = entry;
  await db
    .insertInto('audit_log')
    .values(entry)
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ details }))
    .execute();
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

/** What to look for in the audit log; times are milliseconds since the epoch. */
export type AuditLogFilter = {
  actorType?: AuditLogTable['actor_type'] | undefined;
  actorId?: string | undefined;
  action?: string | undefined;
  subjectType?: string | undefined;
  subjectId?: string | undefined;
  /** A part of the name of who did it, or of what it was done to; in lower case. */
  search?: string | undefined;
  /** Whether the search finds texts with an address in them. */
  findsAddresses?: boolean | undefined;
  from?: number | undefined;
  until?: number | undefined;
};

const list = { table: 'audit_log', by: 'at' } as const satisfies List;

/** A page of entries, and how many there are in all. @throws ApiError `request.too_broad` */
export const listAuditLog = (
  store: Store,
  filter: AuditLogFilter,
  page: Page,
  now: () => number,
): Promise<Listed<AuditLogTable>> => listEntries(store, list, selectionOf(filter), page, now);

/** Every entry that matches, in order, a few hundred at a time. */
export const everyAuditLogEntry = (store: Store, filter: AuditLogFilter, start: Start) =>
  everyEntry(store, list, selectionOf(filter), start);

function selectionOf({
  actorType,
  actorId,
  action,
  subjectType,
  subjectId,
  search,
  findsAddresses = true,
  ...times
}: AuditLogFilter): Selection {
  return selecting(
    [between('at', times)],
    [
      equals('actor_type', actorType),
      equals('actor_id', actorId),
      equals('action', action),
      equals('subject_type', subjectType),
      equals('subject_id', subjectId),
      // Names may be kept in another width than they are typed in.
      search === undefined
        ? undefined
        : anyOf([...new Set([search, search.normalize('NFKC')])].map((one) => holds(one, findsAddresses))),
    ],
  );
}

/** Entries with a text in a name or an id; the name of what was changed is in the details. */
function holds(search: string, findsAddresses: boolean): RawBuilder<SqlBool> {
  const pattern = `%${asTyped(search)}%`;
  const inJson = `%"name":"%${asTyped(JSON.stringify(search).slice(1, -1))}%`;
  const isLike = (column: string, like: string) =>
    sql<SqlBool>`(lower(${sql.ref(column)}) like ${like} escape '\\'
      ${findsAddresses ? sql`` : sql`and ${sql.ref(column)} not like '%@%'`})`;
  return anyOf([isLike('actor_name', pattern), isLike('subject_id', pattern), isLike('details', inJson)]);
}
