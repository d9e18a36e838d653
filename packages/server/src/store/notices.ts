import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import { text, whole } from './parameters.ts';
import type { Store } from './store.ts';
import type { MessagesTable } from './tables/messages.ts';
import type { NoticesTable } from './tables/notices.ts';

/** A notice to the owner, as the transaction writes it that makes the change. */
export type NewNotice = Pick<NoticesTable, 'id' | 'actor' | 'locales' | 'user_id'> & {
  /** Of the user as it is at this place of the transaction. */
  change: RawBuilder<unknown>;
  detail?: RawBuilder<unknown>;
  now: number;
  onlyIf?: RawBuilder<unknown> | undefined;
};

/** The statement that keeps a notice to whoever the user is reached by at this place of the transaction. */
export const noticing = ({ db }: Store, notice: NewNotice): CompiledQuery<unknown> => {
  const { id, user_id, change, detail = sql`null`, actor, locales, now, onlyIf } = notice;
  return sql`insert into notices
      (id, user_id, email, phone, change, detail, actor, locales, tries, next_at, created_at)
    select ${text(id)}, id, email, phone, ${change}, ${detail}, ${text(actor)}, ${text(locales)}, 0, ${whole(now)},
      ${whole(now)}
    from users where id = ${text(user_id)} and (email is not null or phone is not null)
      and ${onlyIf ?? sql`1 = 1`}`.compile(db);
};

/**
 * Takes on what is due, so that nobody else does before `until`: of two processes that ask at once, the one that waits
 * for the other's row finds it taken.
 */
export async function takeNotices(
  store: Store,
  { now, until, limit }: { now: number; until: number; limit: number },
): Promise<NoticesTable[]> {
  const isDue = sql`next_at <= ${whole(now)}`;
  const query = sql<NoticesTable>`update notices set next_at = ${whole(until)}, tries = tries + 1
    where ${isDue} and id in (select id from notices where ${isDue} order by next_at, id limit ${sql.lit(limit)})
    returning *`.compile(store.db);
  const [rows] = await store.atomically([query]);
  return rows;
}

/** When the next notice is due; undefined where none waits. */
export async function nextNoticeAt({ db }: Store): Promise<number | undefined> {
  const first = db.selectFrom('notices').select('next_at').orderBy('next_at').limit(1);
  return (await first.executeTakeFirst())?.next_at;
}

/** Ends a notice that nobody is told. */
export async function dropNotice({ db }: Store, id: string): Promise<void> {
  await db.deleteFrom('notices').where('id', '=', id).execute();
}

/**
 * Makes a message of a notice, in one transaction. The message has its id: what is taken on again, since a process was
 * slow, becomes no second one.
 * @returns whether it did
 */
export async function beginNotice(store: Store, message: MessagesTable): Promise<boolean> {
  const { db } = store;
  const given = Object.entries(message).filter(([, value]) => value !== null && value !== undefined);
  const columns = given.map(([column]) => sql.ref(column));
  const values = given.map(([, value]) => (typeof value === 'number' ? whole(value) : text(value)));
  const [made] = await store.atomically([
    sql<{ id: string }>`insert into messages (${sql.join(columns)})
      select ${sql.join(values)} where exists (select 1 from notices where id = ${text(message.id)})
      on conflict (id) do nothing returning id`.compile(db),
    db.deleteFrom('notices').where('id', '=', message.id).compile(),
  ]);
  return made.length > 0;
}

/** What is kept with the message of a notice: whose account it is about, who may have another number or address by now. */
export const noticeOf = (userId: string): string => JSON.stringify({ noticeOf: userId });

/** Has a notice that certainly did not go out be tried again, as another message. */
export async function retryNotice({ db }: Store, notice: NoticesTable): Promise<void> {
  await db.insertInto('notices').values(notice).execute();
}

/** The language of the newest message to any of these. */
export async function lastLocaleOf({ db }: Store, recipients: readonly string[]): Promise<string | undefined> {
  if (recipients.length === 0) return undefined;
  const newest = db
    .selectFrom('messages')
    .select('locale')
    .where('recipient', 'in', recipients)
    .where('locale', 'is not', null)
    .orderBy('created_at', 'desc')
    .limit(1);
  return (await newest.executeTakeFirst())?.locale ?? undefined;
}
