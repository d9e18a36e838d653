import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import { text, whole } from './parameters.ts';
import type { MessageReportsTable, MessagesTable } from './schema.ts';
import type { Store } from './store.ts';

/** What a report says of a message, beside what is kept of the report itself. */
export type ReportedFacts = {
  /** JSON of why it was not delivered. */
  error: string | null;
  providerMessageId: string | null;
  parts: number | null;
  price: string | null;
  currency: string | null;
  network: string | null;
};

/** More than any provider has to say of one message; whoever has the address must not fill the disk. */
const maxReports = 50;

/**
 * The message that a report is of. By our own id where the provider brings it back; else by the recipient and the
 * provider's id, which may not be known yet: some report before they have answered the send.
 */
export async function findReported(
  { db }: Store,
  connectorId: string,
  {
    messageId,
    recipient,
    providerMessageId,
  }: { [Name in 'messageId' | 'recipient' | 'providerMessageId']?: string | undefined },
): Promise<MessagesTable | undefined> {
  const ofConnector = db.selectFrom('messages').selectAll().where('connector_id', '=', connectorId);
  if (messageId !== undefined) {
    const found = await ofConnector.where('id', '=', messageId).executeTakeFirst();
    return found && (recipient === undefined || found.recipient === recipient) ? found : undefined;
  }
  if (recipient === undefined || providerMessageId === undefined) return undefined;
  const isKnown = sql<number>`case when provider_message_id = ${providerMessageId} then 0 else 1 end`;
  return ofConnector
    .where('recipient', '=', recipient)
    .where((where) =>
      where.or([
        where('provider_message_id', '=', providerMessageId),
        where.and([where('provider_message_id', 'is', null), where('state', '=', 'sending')]),
      ]),
    )
    .orderBy(isKnown)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/**
 * Keeps a report and what it makes of its message, in one transaction. The state only goes up: reports that come again or
 * late change nothing, and of two last ones the first stays, unless the message was delivered after all, later by the
 * provider's own clock.
 * @param alongside statements for the same transaction, after its own
 * @returns whether the state of the message changed
 */
export async function applyReport(
  store: Store,
  report: MessageReportsTable,
  facts: ReportedFacts,
  alongside: readonly CompiledQuery<unknown>[] = [],
): Promise<boolean> {
  const { message_id, digest, connector_id, received_at, state, provider_code, provider_message, provider_at } = report;
  const { db } = store;
  const isLast = state !== 'sent';
  const [, , changed] = await store.atomically(
    [
      // First, as it locks the message: reports of one message are counted one after the other.
      db
        .updateTable('messages')
        .set({
          provider_message_id: kept('provider_message_id', text(facts.providerMessageId)),
          parts: kept('parts', whole(facts.parts)),
          price: kept('price', text(facts.price)),
          currency: kept('currency', text(facts.currency)),
          network: kept('network', text(facts.network)),
          ...costOf(facts),
        })
        .where('id', '=', message_id)
        .compile(),
      sql`insert into message_reports
          (message_id, digest, connector_id, received_at, state, provider_code, provider_message, provider_at)
        select ${text(message_id)}, ${text(digest)}, ${text(connector_id)}, ${whole(received_at)}, ${text(state)},
          ${text(provider_code)}, ${text(provider_message)}, ${whole(provider_at)}
        where (select count(*) from message_reports where message_id = ${text(message_id)}) < ${whole(maxReports)}
        on conflict (message_id, digest) do nothing`.compile(db),
      db
        .updateTable('messages')
        .set({
          state: isLast ? state : 'accepted',
          error: state === 'undelivered' ? facts.error : null,
          updated_at: received_at,
          ...(state === 'delivered' && { delivered_at: received_at }),
          reported_at: provider_at,
        })
        .where('id', '=', message_id)
        .where(isLast ? stepsUp(state, provider_at) : sql<boolean>`state in ('sending', 'unclear')`)
        .returning('id')
        .compile(),
      ...alongside,
    ],
    [message_id],
  );
  return changed.length > 0;
}

/** The first price that the provider says takes the place of our estimate; its number of SMS alone corrects it. */
function costOf({ price, currency, parts }: ReportedFacts) {
  const micros = price === null || currency === null ? null : microsOf(price);
  if (micros !== null) {
    const isFirst = sql`messages.price is null`;
    return {
      cost: sql<number>`case when ${isFirst} then ${whole(micros)} else cost end`,
      cost_currency: sql<string>`case when ${isFirst} then ${text(currency)} else cost_currency end`,
      cost_is_estimated: sql<number>`case when ${isFirst} then 0 else cost_is_estimated end`,
    };
  }
  if (parts === null) return {};
  return {
    cost: sql<number>`case when messages.parts is null and estimated_parts > 0 and cost_is_estimated = 1
      then cost * ${whole(parts)} / estimated_parts else cost end`,
  };
}

/** A decimal number in millionths; null for what is none. Some providers give what they charge as less than nothing. */
function microsOf(price: string): number | null {
  const micros = Math.round(Math.abs(Number(price)) * 1_000_000);
  return Number.isSafeInteger(micros) ? micros : null;
}
/** Whether a message came to a state at this time. */
export const hasState = (id: string, state: string, at: number) =>
  sql<boolean>`exists (select 1 from messages where id = ${id} and state = ${state} and updated_at = ${whole(at)})`;

/** What is there already stays. */
const kept = <Value>(column: string, value: RawBuilder<Value>) => sql<Value>`coalesce(${sql.ref(column)}, ${value})`;

const stepsUp = (state: string, at: number | null) =>
  state === 'delivered' && at !== null
    ? sql<boolean>`(state in ('sending', 'unclear', 'accepted') or (state = 'undelivered' and reported_at < ${at}))`
    : sql<boolean>`state in ('sending', 'unclear', 'accepted')`;

/** What was reported of a message, in the order in which it came. */
export const listReports = ({ db }: Store, messageId: string): Promise<MessageReportsTable[]> =>
  db
    .selectFrom('message_reports')
    .selectAll()
    .where('message_id', '=', messageId)
    .orderBy('received_at')
    .orderBy('provider_at')
    .execute();

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
