import { setImmediate } from 'node:timers/promises';
import { type Expression, type SqlBool, sql } from 'kysely';
import type { UsersTable } from './schema.ts';
import type { Store } from './store.ts';
import type { UserTerm } from './user-terms.ts';

/** The ids of a page, newest first, and how many there are in all; where that is capped, there may be more. */
export type FoundUsers = { ids: string[]; total: number; isCapped: boolean };

type Place = Pick<UsersTable, 'created_at' | 'id'>;
type Page = { limit: number; offset: number };

/** So many are sorted rather than looked for in order. */
const maxSorted = 2_000;
/** So many are counted. */
const maxCounted = 10_000;
/** A slice of the table is looked through in a few milliseconds. */
const sliceRows = 5_000;

/**
 * Finds users. Where indexes narrow a search down to few, it is one walk along them. Otherwise the table is looked
 * through in slices, between which everybody else has a turn.
 */
export async function searchUsers(store: Store, { condition, isIndexed }: UserTerm, page: Page): Promise<FoundUsers> {
  if (isIndexed) {
    const found = await places(store, condition)
      .limit(maxSorted + 1)
      .execute();
    if (found.length <= maxSorted) return pageOf(found, page);
  }
  return lookThrough(store, condition, page);
}

const places = ({ db }: Store, condition: Expression<SqlBool>) =>
  db.selectFrom('users').select(['created_at', 'id']).where(condition);

function pageOf(found: readonly Place[], { limit, offset }: Page): FoundUsers {
  const newestFirst = found.toSorted((one, other) => other.created_at - one.created_at || (one.id < other.id ? 1 : -1));
  const ids = newestFirst.slice(offset, offset + limit).map(({ id }) => id);
  return { ids, total: found.length, isCapped: false };
}

async function lookThrough(store: Store, condition: Expression<SqlBool>, { limit, offset }: Page): Promise<FoundUsers> {
  const newestFirst = (within: Expression<SqlBool>) =>
    places(store, within).orderBy('created_at', 'desc').orderBy('id', 'desc');
  const ids: string[] = [];
  let total = 0;
  let rest = sql<SqlBool>`1 = 1`;
  for (;;) {
    const next = await newestFirst(rest).limit(1).offset(sliceRows).executeTakeFirst();
    const slice = next ? sql<SqlBool>`${rest} and (created_at, id) > (${next.created_at}, ${next.id})` : rest;
    for (const { id } of await newestFirst(slice).where(condition).execute()) {
      if (total >= offset && ids.length < limit) ids.push(id);
      total += 1;
    }
    if (!next) return { ids, total, isCapped: false };
    if (total >= Math.max(maxCounted, offset + limit)) return { ids, total, isCapped: true };
    rest = sql<SqlBool>`(created_at, id) <= (${next.created_at}, ${next.id})`;
    await setImmediate();
  }
}
