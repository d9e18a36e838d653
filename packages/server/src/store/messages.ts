import type { Channel } from '@sesame/connector-kit';
import { type CompiledQuery, type RawBuilder, type SqlBool, sql } from 'kysely';
import { joint } from './joint.ts';
import {
  anyOf,
  between,
  equals,
  isLike,
  isOneOf,
  type List,
  type Page,
  type Selection,
  type Start,
  selecting,
} from './listing.ts';
import { everyEntry, type Listed, listEntries } from './lists.ts';
import { noticeOf } from './notices.ts';
import { type Outcome, outcomeConditions } from './outcomes.ts';
import { inSlices, type Slices } from './slices.ts';
import { statement } from './statement.ts';
import type { Store } from './store.ts';
import type { MessageState, MessagesTable } from './tables/messages.ts';
import { isNoTest } from './verification-figures.ts';

/** What became of a message. */
export type Settlement = {
  state: MessageState;
  providerMessageId?: string | undefined;
  /** JSON of what went wrong. */
  error?: string | undefined;
  /** When it was handed to its connector, if it was. */
  handedAt?: number | undefined;
};

/** Records a message that is about to be sent. */
export async function insertMessage(
  store: Store,
  message: MessagesTable,
  alongside: readonly CompiledQuery<unknown>[] = [],
): Promise<void> {
  await store.atomically([store.db.insertInto('messages').values(message).compile(), ...alongside]);
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

type Settling = { id: string; settlement: Settlement; now: number };

const settle = joint<Settling>(
  ({ id }) => id,
  ({ unit, text, whole, given }) => {
    const now = whole((of) => of.now);
    const isOpen = sql`state in ('sending', 'unclear')`;
    // A provider that reports before it has answered the send leaves what is known of the way until then.
    return sql`update messages set
      state = case when ${isOpen} then ${text(({ settlement }) => settlement.state)} else state end,
      error = case when ${isOpen} then ${text(({ settlement }) => settlement.error)} else error end,
      updated_at = case when ${isOpen} then ${now} else updated_at end,
      provider_message_id = coalesce(${text(({ settlement }) => settlement.providerMessageId)}, provider_message_id),
      handed_at = ${whole(({ settlement }) => settlement.handedAt)},
      accepted_at = ${whole(({ settlement, now }) => (settlement.state === 'accepted' ? now : null))}
    ${given('from given')} where id = ${unit} and (${isOpen} or handed_at is null)`;
  },
);

const abandoned = 'The server stopped, or lost its database, before it knew what became of the message.';

/** How many messages from before a time wait for their provider, and since when the oldest does. */
export async function countSending({ reader }: Store, createdBefore: number) {
  const { waiting, since } = await reader
    .selectFrom('messages')
    .select([sql<number | string>`count(*)`.as('waiting'), sql<number | null>`min(created_at)`.as('since')])
    .where(hasState('sending'))
    .where('created_at', '<', createdBefore)
    .executeTakeFirstOrThrow();
  return { waiting: Number(waiting), since };
}

/** Messages that a crash left in flight: nobody knows any more whether they were sent. */
export async function settleAbandonedMessages(
  store: Store,
  { createdBefore, now }: { createdBefore: number; now: number },
  slices: Slices,
): Promise<void> {
  const slice = store.db
    .selectFrom('messages')
    .select('id')
    .where(hasState('sending'))
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

/** Whether a code to the recipient was typed in that was sent since then, by the messages that are kept. */
export const wasVerifiedSince = async (store: Store, recipient: string, since: number): Promise<boolean> =>
  (await store.run(verifiedSince(store, { recipient, since }))).length > 0;

const verifiedSince = statement<{ recipient: string; since: number }>((slot, db) =>
  db
    .selectFrom('messages')
    .select('id')
    .where(
      'recipient',
      '=',
      slot(({ recipient }) => recipient),
    )
    .where(
      'created_at',
      '>',
      slot(({ since }) => since),
    )
    .where('verified_at', 'is not', null)
    .limit(1),
);

/** What to look for among the messages; times are milliseconds since the epoch. */
export type MessageFilter = {
  /** Nothing but these; some thousands at most. */
  ids?: readonly string[] | undefined;
  /** Only tests, or none of them. */
  tests?: boolean | undefined;
  /** One of these. */
  recipients?: readonly string[] | undefined;
  /** Of these recipients, those that are the user's; of the others, notices to the user alone. */
  user?: { id: string; recipients: readonly string[] } | undefined;
  /** Numbers have no @ in them, addresses do. */
  channel?: Channel | undefined;
  /** What the recipient is like, in one of these patterns of SQL, with a backslash before what is no wildcard. */
  recipientLike?: readonly string[] | undefined;
  state?: MessageState | undefined;
  outcome?: Outcome | undefined;
  usageType?: string | undefined;
  country?: string | undefined;
  /** `null` where there is none. */
  factoryId?: string | null | undefined;
  connectorId?: string | undefined;
  /** The code of what went wrong, its kind, and the provider's own code; `null` where there is none. */
  errorCode?: string | null | undefined;
  errorKind?: string | null | undefined;
  providerCode?: string | null | undefined;
  from?: number | undefined;
  until?: number | undefined;
};

const list = { table: 'messages', by: 'created_at' } as const satisfies List;

/** A page of messages, and how many there are in all. @throws ApiError `request.too_broad` */
export const listMessages = (
  store: Store,
  filter: MessageFilter,
  page: Page,
  now: () => number,
): Promise<Listed<MessagesTable>> => listEntries(store, list, selectionOf(filter), page, now);

/** Every message that matches, in order, a few hundred at a time. */
export const everyMessage = (store: Store, filter: MessageFilter, start: Start) =>
  everyEntry(store, list, selectionOf(filter), start);

/** The messages of a recipient, of a state and with an error have an index each; one of them narrows a search down. */
function selectionOf(filter: MessageFilter): Selection {
  const {
    ids,
    tests,
    recipients,
    user,
    channel,
    recipientLike,
    usageType,
    country,
    factoryId,
    connectorId,
    errorCode,
    errorKind,
    providerCode,
    from,
    until,
  } = filter;
  const outcome = filter.outcome && outcomeConditions(filter.outcome);
  const states = [filter.state, outcome?.state].filter((state) => state !== undefined);
  const code = typeof errorCode === 'string' ? `{"code":${JSON.stringify(errorCode)}` : undefined;
  const named = [
    ['kind', errorKind],
    ['providerCode', providerCode],
  ] as const;
  const told = named.flatMap(([name, value]) =>
    typeof value === 'string' ? `"${name}":${JSON.stringify(value)}` : [],
  );
  const untold = [['code', errorCode] as const, ...named].flatMap(([name, value]) => (value === null ? name : []));
  const [indexed, ...others] = [
    recipients && isOneOf('recipient', recipients),
    code === undefined && told.length === 0 ? undefined : sql<SqlBool>`error is not null`,
    // Most messages: in the order of the list they are found sooner.
    ...states.map((state) => (state === 'accepted' ? undefined : hasState(state))),
  ].filter((condition) => condition !== undefined);
  const selected = selecting(
    [indexed, between('created_at', { from, until })],
    [
      ...others,
      ...states.map((state) => (state === 'accepted' ? hasState(state) : undefined)),
      outcome?.answer,
      code === undefined ? undefined : sql<SqlBool>`substr(error, 1, ${sql.lit(code.length)}) = ${code}`,
      // Quotes within texts are escaped, so that this is found nowhere but where it stands for itself.
      ...told.map((part) => sql<SqlBool>`replace(error, ${part}, '') <> error`),
      ...untold.map((name) => sql<SqlBool>`(error is null or error not like ${`%"${name}":"%`})`),
      tests === undefined ? undefined : tests ? sql<SqlBool>`not ${isNoTest}` : isNoTest,
      ids && (ids.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`id in (${sql.join(ids)})`),
      recipientLike && anyOf(recipientLike.map(recipientIsLike)),
      user && isToUser(user),
      channel && (channel === 'Email' ? sql<SqlBool>`recipient like '%@%'` : sql<SqlBool>`recipient not like '%@%'`),
      equals('usage_type', usageType),
      equals('country', country),
      factoryId === null ? sql<SqlBool>`factory_id is null` : equals('factory_id', factoryId),
      equals('connector_id', connectorId),
    ],
  );
  return { ...selected, isNarrow: ids !== undefined || (recipientLike?.every(isOfStart) ?? false) };
}

function isToUser({ id, recipients }: NonNullable<MessageFilter['user']>): RawBuilder<SqlBool> {
  const isNotice = sql<SqlBool>`asked = ${noticeOf(id)}`;
  return recipients.length === 0 ? isNotice : sql`(recipient in (${sql.join(recipients)}) or ${isNotice})`;
}

/** Whether a pattern is of how a number begins, of so many digits that the index of recipients makes them few. */
const isOfStart = (pattern: string): boolean => /^\+\d{10,}%?$/.test(pattern);

function recipientIsLike(pattern: string): RawBuilder<SqlBool> {
  if (!isOfStart(pattern)) return isLike('recipient', pattern);
  const start = pattern.replace('%', '');
  // E.164 has 15 digits at most, so that every number which begins with these lies between the two.
  return start === pattern
    ? sql`recipient = ${start}`
    : sql`(recipient >= ${start} and recipient < ${start.padEnd(17, '9')})`;
}

/** Written out, and with what an index for few messages asks for, so that both databases take it. */
const hasState = (state: MessageState) =>
  state === 'accepted'
    ? sql<SqlBool>`state = 'accepted'`
    : sql<SqlBool>`(state = ${sql.lit(state)} and state <> 'accepted')`;

export function findMessage({ db }: Store, id: string): Promise<MessagesTable | undefined> {
  return db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst();
}
