import { sql } from 'kysely';
import { between, isLike, type List, type Page, type Selection, type Start, selecting } from './listing.ts';
import { everyEntry, type Listed, listEntries } from './lists.ts';
import { statement } from './statement.ts';
import type { Store } from './store.ts';
import type { SuppressionsTable } from './tables/messages.ts';

/** Keeps an address from further mail; what was said first stays. */
export async function addSuppression({ db }: Store, suppression: SuppressionsTable): Promise<void> {
  await db
    .insertInto('suppressions')
    .values(suppression)
    .onConflict((conflict) => conflict.column('recipient').doNothing())
    .execute();
}

const ofRecipient = statement<string, SuppressionsTable>((slot, db) =>
  db
    .selectFrom('suppressions')
    .selectAll()
    .where(
      'recipient',
      '=',
      slot((recipient) => recipient),
    ),
);

/** What keeps an address (in lower case) from mail. */
export async function findSuppression(store: Store, recipient: string): Promise<SuppressionsTable | undefined> {
  const [found] = await store.run(ofRecipient(store, recipient));
  return found;
}

/** Which suppressions; times are milliseconds since the epoch. */
export type SuppressionFilter = {
  /** An address, or patterns of SQL of which one has to fit; in lower case. */
  recipient?: string | undefined;
  recipientLike?: string | undefined;
  /** Whether an administrator decided it, and no provider. */
  isByHand?: boolean | undefined;
  from?: number | undefined;
  until?: number | undefined;
};

const list = { table: 'suppressions', by: 'created_at' } as const satisfies List;

/** A page of them, and how many there are in all. @throws ApiError `request.too_broad` */
export const listSuppressions = (
  store: Store,
  filter: SuppressionFilter,
  page: Page,
  now: () => number,
): Promise<Listed<SuppressionsTable>> => listEntries(store, list, selectionOf(filter), page, now);

/** Every one that matches, in order, a few hundred at a time. */
export const everySuppression = (store: Store, filter: SuppressionFilter, start: Start) =>
  everyEntry(store, list, selectionOf(filter), start);

function selectionOf({ recipient, recipientLike, isByHand, ...times }: SuppressionFilter): Selection {
  const narrow = recipient === undefined ? undefined : sql<boolean>`recipient = ${recipient}`;
  return {
    ...selecting(
      [between('created_at', times)],
      [
        narrow,
        recipientLike === undefined ? undefined : isLike('recipient', recipientLike),
        isByHand === undefined ? undefined : isByHand ? sql`message_id is null` : sql`message_id is not null`,
      ],
    ),
    isNarrow: narrow !== undefined,
  };
}

/** Lets mail go there again. @returns whether anything kept it */
export async function deleteSuppression({ db }: Store, recipient: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('suppressions')
    .where('recipient', '=', recipient)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0;
}
