import { type CompiledQuery, sql } from 'kysely';
import { text, whole } from './parameters.ts';
import type { MessageReportsTable, MessagesTable } from './schema.ts';
import { statement } from './statement.ts';
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

/** What tells the message that a report is of. */
type Told = { [Name in 'messageId' | 'recipient' | 'providerMessageId']?: string | undefined };

/**
 * The message that a report is of. By our own id where the provider brings it back; else by the recipient and the
 * provider's id, which may not be known yet: some report before they have answered the send.
 */
export async function findReported(
  store: Store,
  connectorId: string,
  { messageId, recipient, providerMessageId }: Told,
): Promise<MessagesTable | undefined> {
  if (messageId !== undefined) {
    const [found] = await store.run(findById(store, { connectorId, messageId }));
    return found && (recipient === undefined || found.recipient === recipient) ? found : undefined;
  }
  if (recipient === undefined || providerMessageId === undefined) return undefined;
  const isKnown = sql<number>`case when provider_message_id = ${providerMessageId} then 0 else 1 end`;
  return store.db
    .selectFrom('messages')
    .selectAll()
    .where('connector_id', '=', connectorId)
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

const findById = statement<{ connectorId: string; messageId: string }, MessagesTable>(
  (slot) => sql`select * from messages where id = ${slot(({ messageId }) => messageId)}
    and connector_id = ${slot(({ connectorId }) => connectorId)}`,
);

/** A report, and what it says of its message. */
type Applied = { report: MessageReportsTable; facts: ReportedFacts };

/**
 * Keeps a report and what it makes of its message, in one transaction. The state only goes up: reports that come again or
 * late change nothing, and of two last ones the first stays, unless the message was delivered after all, later by the
 * provider's own clock.
 * @param message as it was found; where a report can add nothing to it, nothing is written
 * @param alongside statements for the same transaction, after the step up that they tell of
 * @returns whether the state of the message changed
 */
export async function applyReport(
  store: Store,
  message: MessagesTable,
  applied: Applied,
  alongside: readonly CompiledQuery<unknown>[] = [],
): Promise<boolean> {
  const step = mayStepUp(applied, message) ? [stepUp(store, applied), ...alongside] : [];
  const facts = saysMore(applied, message) ? [keepFacts(store, applied)] : [];
  const [changed] = await store.atomically(
    [...step, ...facts, keepReport(store, applied)],
    // Reports of one message are counted one after the other.
    [message.id],
  );
  return step.length > 0 && (changed ?? []).length > 0;
}

/** The states that a report changes; a message never comes back to one of them. */
const openStates = (reported: MessageReportsTable['state']) =>
  reported === 'sent' ? ['sending', 'unclear'] : ['sending', 'unclear', 'accepted'];

const mayStepUp = ({ report }: Applied, { state }: MessagesTable): boolean =>
  openStates(report.state).includes(state) || (report.state === 'delivered' && state === 'undelivered');

/** Whether a fact was not known yet; what is known stays. */
const saysMore = ({ facts }: Applied, message: MessagesTable): boolean =>
  (facts.providerMessageId !== null && message.provider_message_id === null) ||
  (['parts', 'price', 'currency', 'network'] as const).some((name) => facts[name] !== null && message[name] === null);

/** What is there already stays. The first price takes the place of our estimate; a number of SMS alone corrects it. */
const keepFacts = statement<Applied>((slot) => {
  const words = (name: 'providerMessageId' | 'price' | 'currency' | 'network') =>
    text(slot(({ facts }) => facts[name]));
  const parts = whole(slot(({ facts }) => facts.parts));
  const micros = whole(slot(({ facts: { price, currency } }) => (price && currency ? microsOf(price) : null)));
  const isFirst = sql`(messages.price is null and ${micros} is not null)`;
  const isCorrected = sql`(${micros} is null and ${parts} is not null and messages.parts is null
    and estimated_parts > 0 and cost_is_estimated = 1)`;
  return sql`update messages set
      provider_message_id = coalesce(provider_message_id, ${words('providerMessageId')}),
      parts = coalesce(parts, ${parts}), price = coalesce(price, ${words('price')}),
      currency = coalesce(currency, ${words('currency')}), network = coalesce(network, ${words('network')}),
      cost = case when ${isFirst} then ${micros} when ${isCorrected} then cost * ${parts} / estimated_parts else cost end,
      cost_currency = case when ${isFirst} then ${words('currency')} else cost_currency end,
      cost_is_estimated = case when ${isFirst} then 0 else cost_is_estimated end
    where id = ${slot(({ report }) => report.message_id)}`;
});

const keepReport = statement<Applied>((slot) => {
  const words = (name: keyof MessageReportsTable) => text(slot(({ report }) => report[name] as string | null));
  const time = (name: 'received_at' | 'provider_at') => whole(slot(({ report }) => report[name]));
  return sql`insert into message_reports
      (message_id, digest, connector_id, received_at, state, provider_code, provider_message, provider_at)
    select ${words('message_id')}, ${words('digest')}, ${words('connector_id')}, ${time('received_at')},
      ${words('state')}, ${words('provider_code')}, ${words('provider_message')}, ${time('provider_at')}
    where (select count(*) from message_reports where message_id = ${words('message_id')}) < ${sql.lit(maxReports)}
    on conflict (message_id, digest) do nothing`;
});

const stepUp = statement<Applied>(
  (slot, _, { report: { state, provider_at } }) => {
    const of = (name: 'received_at' | 'provider_at') => whole(slot(({ report }) => report[name]));
    const isOpen = sql`state in (${sql.join(openStates(state).map((open) => sql.lit(open)))})`;
    const isLater = sql`(${isOpen} or (state = 'undelivered' and reported_at < ${of('provider_at')}))`;
    const error = state === 'undelivered' ? text(slot(({ facts }) => facts.error)) : sql`null`;
    return sql`update messages set state = ${sql.lit(state === 'sent' ? 'accepted' : state)}, error = ${error},
        updated_at = ${of('received_at')}, reported_at = ${of('provider_at')}
        ${state === 'delivered' ? sql`, delivered_at = ${of('received_at')}` : sql``}
      where id = ${slot(({ report }) => report.message_id)}
        and ${state === 'delivered' && provider_at !== null ? isLater : isOpen}
      returning id`;
  },
  ({ report: { state, provider_at } }) => `${state}/${provider_at === null}`,
);

/** A decimal number in millionths; null for what is none. Some providers give what they charge as less than nothing. */
function microsOf(price: string): number | null {
  const micros = Math.round(Math.abs(Number(price)) * 1_000_000);
  return Number.isSafeInteger(micros) ? micros : null;
}

/** Whether a message came to a state at this time. */
export const hasState = (id: string, state: string, at: number) =>
  sql<boolean>`exists (select 1 from messages where id = ${id} and state = ${state} and updated_at = ${whole(at)})`;

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
