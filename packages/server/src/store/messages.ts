import type { MessageState, MessagesTable } from './schema.ts';
import { inSlices, type Slices } from './slices.ts';
import { statement } from './statement.ts';
import type { Store } from './store.ts';

/** What became of a message. */
export type Settlement = {
  state: MessageState;
  providerMessageId?: string | undefined;
  /** JSON of what went wrong. */
  error?: string | undefined;
};

/** Records a message that is about to be sent. */
export async function insertMessage({ db }: Store, message: MessagesTable): Promise<void> {
  await db.insertInto('messages').values(message).execute();
}

/**
 * Records what became of a message, up to 50 ms later; what a delivery report has said in the meantime stays. Nothing is
 * decided by it: a crash before leaves the message to housekeeping.
 */
export function settleMessage(
  store: Store,
  { id, recipient }: Pick<MessagesTable, 'id' | 'recipient'>,
  settlement: Settlement,
  now: number,
): Promise<void> {
  return store.eventually(settle(store, { id, settlement, now }), [recipient]);
}

const settle = statement<{ id: string; settlement: Settlement; now: number }>((slot, db) =>
  db
    .updateTable('messages')
    .set({
      state: slot(({ settlement }) => settlement.state),
      provider_message_id: slot(({ settlement }) => settlement.providerMessageId ?? null),
      error: slot(({ settlement }) => settlement.error ?? null),
      updated_at: slot(({ now }) => now),
    })
    .where(
      'id',
      '=',
      slot(({ id }) => id),
    )
    .where('state', 'in', ['sending', 'unclear']),
);

const abandoned = 'The server stopped, or lost its database, before it knew what became of the message.';

/** Messages that a crash left in flight: nobody knows any more whether they were sent. */
export async function settleAbandonedMessages(
  store: Store,
  { createdBefore, now }: { createdBefore: number; now: number },
  slices: Slices,
): Promise<void> {
  const slice = store.db
    .selectFrom('messages')
    .select('id')
    .where('state', '=', 'sending')
    .where('created_at', '<', createdBefore)
    .limit(slices.rows);
  const settle = store.db
    .updateTable('messages')
    .set({ state: 'unclear', error: JSON.stringify({ kind: 'unclear', message: abandoned }), updated_at: now })
    // The state once more: another process may have settled a message that waited for it.
    .where('state', '=', 'sending')
    .where('id', 'in', slice)
    .returning('id');
  await inSlices(store, settle.compile(), slices);
}

/** What to look for among the messages; times are milliseconds since the epoch. */
export type MessageFilter = {
  recipient?: string | undefined;
  state?: MessageState | undefined;
  usageType?: string | undefined;
  country?: string | undefined;
  factoryId?: string | undefined;
  from?: number | undefined;
  until?: number | undefined;
};

/** A page of messages, newest first, and how many there are in all. */
export async function listMessages(
  { db }: Store,
  filter: MessageFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ messages: MessagesTable[]; total: number }> {
  let query = db.selectFrom('messages');
  if (filter.recipient) query = query.where('recipient', '=', filter.recipient);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.usageType) query = query.where('usage_type', '=', filter.usageType);
  if (filter.country) query = query.where('country', '=', filter.country);
  if (filter.factoryId) query = query.where('factory_id', '=', filter.factoryId);
  if (filter.from !== undefined) query = query.where('created_at', '>=', filter.from);
  if (filter.until !== undefined) query = query.where('created_at', '<', filter.until);
  const [messages, { total }] = await Promise.all([
    query.selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).offset(offset).execute(),
    query.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ]);
  return { messages, total };
}

export function findMessage({ db }: Store, id: string): Promise<MessagesTable | undefined> {
  return db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst();
}
