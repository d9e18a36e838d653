import { type RawBuilder, sql } from 'kysely';
import { type Slot, statement } from './statement.ts';
import type { Store } from './store.ts';
import type { MessageReportsTable, MessagesTable } from './tables/messages.ts';

/** What tells the message that a report is of. */
export type ToldMessage = { [Name in 'messageId' | 'recipient' | 'providerMessageId']?: string | undefined };

type Told = ToldMessage & { connectorId: string };

/** What of a message counts where a report of it comes. Each further column costs every report. */
const columns = [
  ...(['id', 'recipient', 'country', 'usage_type', 'factory_id', 'connector_id', 'created_at'] as const),
  ...(['state', 'verified_at', 'provider_message_id', 'parts', 'price', 'currency', 'network'] as const),
];
export type ReportedMessage = Pick<MessagesTable, (typeof columns)[number]>;

/** How long after a send that was never answered a report may bring the provider's id: most come within a minute. */
const unansweredMs = 60 * 60_000;

/**
 * The messages that reports are of, each in its place. By our own id where the provider brings it back; else by the
 * recipient and the provider's id, which may not be known yet: some report before they have answered the send, and the
 * answer may be lost.
 */
export async function findReported(
  store: Store,
  told: readonly Told[],
  now: number,
): Promise<(ReportedMessage | undefined)[]> {
  const ids = new Set(told.flatMap(({ messageId }) => messageId ?? []));
  const found = ids.size === 0 ? [] : await store.run(findByIds[store.kind](store, [...ids]));
  const byId = new Map(found.map((message) => [message.id, message]));
  // The provider's id is one of the things that are written eventually.
  if (told.some(({ messageId }) => messageId === undefined)) await store.flush();
  return Promise.all(
    told.map((one) => (one.messageId === undefined ? findReportedByProvider(store, one, now) : rightOf(byId, one))),
  );
}

/** The message of that id, where it went through that connector and to that recipient. */
function rightOf(
  byId: ReadonlyMap<string, ReportedMessage>,
  { connectorId, messageId = '', recipient }: Told,
): ReportedMessage | undefined {
  const message = byId.get(messageId);
  const isRight = message?.connector_id === connectorId && (recipient ?? message.recipient) === message.recipient;
  return isRight ? message : undefined;
}

async function findReportedByProvider(
  store: Store,
  { connectorId, recipient, providerMessageId }: Told,
  now: number,
): Promise<ReportedMessage | undefined> {
  if (recipient === undefined || providerMessageId === undefined) return undefined;
  const unansweredSince = now - unansweredMs;
  return (await store.run(findByProvider(store, { connectorId, recipient, providerMessageId, unansweredSince })))[0];
}

const findByIds = {
  SQLite: findAmong((ids) => sql`id in (select value from json_each(${ids((given) => JSON.stringify(given))}))`),
  PostgreSQL: findAmong((ids) => sql`id = any(cast(${ids((given) => [...given])} as text[]))`),
};

function findAmong(isAmong: (ids: Slot<readonly string[]>) => RawBuilder<unknown>) {
  return statement<readonly string[], ReportedMessage>((slot, db) =>
    db
      .selectFrom('messages')
      .select(columns)
      .where(isAmong(slot) as RawBuilder<boolean>),
  );
}

type ByProvider = { connectorId: string; recipient: string; providerMessageId: string; unansweredSince: number };
const findByProvider = statement<ByProvider, ReportedMessage>((slot, db) => {
  const providerMessageId = slot((given) => given.providerMessageId);
  return db
    .selectFrom('messages')
    .select(columns)
    .where(
      'connector_id',
      '=',
      slot((given) => given.connectorId),
    )
    .where(
      'recipient',
      '=',
      slot((given) => given.recipient),
    )
    .where((where) =>
      where.or([
        where('provider_message_id', '=', providerMessageId),
        where.and([
          where('provider_message_id', 'is', null),
          where('state', 'in', ['sending', 'unclear']),
          where(
            'created_at',
            '>',
            slot((given) => given.unansweredSince),
          ),
        ]),
      ]),
    )
    .orderBy(sql<number>`case when provider_message_id = ${providerMessageId} then 0 else 1 end`)
    .orderBy('created_at', 'desc')
    .limit(1);
});

/** What was reported of a message, in the order in which it came; of what came together, what is no end before the end. */
export const listReports = ({ db }: Store, messageId: string): Promise<MessageReportsTable[]> =>
  db
    .selectFrom('message_reports')
    .selectAll()
    .where('message_id', '=', messageId)
    .orderBy('received_at')
    .orderBy(sql`coalesce(provider_at, received_at)`)
    .orderBy(sql`case when state = 'sent' then 0 else 1 end`)
    .orderBy('digest')
    .execute();

/** What a connector was of which nothing but reports is left; undefined where none ever came. */
export async function factoryOfReports({ db }: Store, connectorId: string): Promise<string | undefined> {
  const last = db
    .selectFrom('message_reports')
    .select('message_id')
    .where('connector_id', '=', connectorId)
    .orderBy('received_at', 'desc')
    .limit(1);
  const of = db.selectFrom('messages').select('factory_id').where('id', '=', last);
  return (await of.executeTakeFirst())?.factory_id ?? undefined;
}

/** When the last report came to a connector; undefined before the first. */
export async function lastReportAt({ db }: Store, connectorId: string): Promise<number | undefined> {
  const last = db.selectFrom('message_reports').select('received_at').where('connector_id', '=', connectorId);
  return (await last.orderBy('received_at', 'desc').limit(1).executeTakeFirst())?.received_at;
}

const maxCounted = 1000;

/** How many messages of a connector were accepted since a time and nothing was reported of, a thousand at most. */
export async function countUnreported({ reader }: Store, connectorId: string, since: number): Promise<number> {
  const newest = reader
    .selectFrom('messages')
    .select(['connector_id', 'state', 'created_at'])
    .orderBy('created_at', 'desc')
    .limit(maxCounted)
    .as('newest');
  const { count } = await reader
    .selectFrom(newest)
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('connector_id', '=', connectorId)
    .where('state', '=', 'accepted')
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow();
  return Number(count);
}
