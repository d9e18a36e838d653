import { sql } from 'kysely';
import { anyOf, isLike } from './listing.ts';
import type { Store } from './store.ts';
import type { ApplicationsTable } from './tables/applications.ts';
import type { MessagesTable } from './tables/messages.ts';

/**
 * So many of the newest messages are looked through for a part of a number or an address; an index holds all that is
 * looked at.
 */
const newestMessages = 50_000;

/** Messages whose recipient is one of these (E.164, or an address in lower case), newest first. */
export const findMessagesTo = ({ reader }: Store, recipients: readonly string[], limit: number) =>
  recipients.length === 0
    ? Promise.resolve<MessagesTable[]>([])
    : reader
        .selectFrom('messages')
        .selectAll()
        .where('recipient', 'in', recipients)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();

/** Of the newest messages those whose recipient is like one of these patterns, newest first. */
export async function findRecentMessagesLike(
  { reader }: Store,
  patterns: readonly string[],
  limit: number,
): Promise<MessagesTable[]> {
  const matches = anyOf(patterns.map((pattern) => isLike('recipient', pattern)));
  const { rows } = await sql<{ id: string }>`select id from
    (select id, created_at, recipient from messages order by created_at desc, id desc limit ${newestMessages}) as newest
    where ${matches} order by created_at desc, id desc limit ${limit}`.execute(reader);
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  return reader
    .selectFrom('messages')
    .selectAll()
    .where('id', 'in', ids)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** What every application is called, the newest first. They are few, and told apart by what no database folds alike. */
export const listApplicationNames = ({ reader }: Store): Promise<Pick<ApplicationsTable, 'id' | 'name' | 'type'>[]> =>
  reader
    .selectFrom('applications')
    .select(['id', 'name', 'type'])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
