import { type CompiledQuery, sql } from 'kysely';
import { forRows, type GivenColumns } from './given-rows.ts';
import type { ReportedMessage } from './message-reports.ts';
import { whole } from './parameters.ts';
import type { Store } from './store.ts';
import type { MessageReportsTable } from './tables/messages.ts';

/** What a report says of a message, beside what is kept of the report itself. */
export type ReportedFacts = {
  /** JSON of why it was not delivered. */
  error: string | null;
  /** JSON of why its recipient gets no more mail, where that is so. */
  suppression: string | null;
  provider_message_id: string | null;
  parts: number | null;
  price: string | null;
  currency: string | null;
  network: string | null;
};

/** A report, what it says of its message, and that message as it was found: what can add nothing to it is not written. */
export type AppliedReport = {
  report: MessageReportsTable;
  facts: ReportedFacts;
  message: ReportedMessage;
  /** Statements that come after the step up that they tell of. */
  alongside: readonly CompiledQuery<unknown>[];
};

/** More than any provider has to say of one message; whoever has the address must not fill the disk. */
const maxReports = 50;

/**
 * Keeps reports and what they make of their messages, in one transaction. A state only goes up: reports that come again or
 * late change nothing, and of two last ones the first stays, unless the message was delivered after all, later by the
 * provider's own clock. Reports of the same message count in their order.
 * @returns those that changed the state of their message
 */
export async function applyReports(store: Store, applied: readonly AppliedReport[]): Promise<Set<AppliedReport>> {
  const turns = inTurns(applied).map(({ steps, facts, suppressing, all }) => ({
    steps: stepUp(store, rowsOf(steps)),
    others: [
      ...steps.flatMap(({ one }) => one.alongside),
      ...keepFacts(store, rowsOf(facts)),
      // Before the report is kept: it is what tells one that comes again.
      ...suppress(store, rowsOf(suppressing)),
      ...keepReports(store, rowsOf(all)),
    ],
    stepping: steps.map(({ one }) => one),
  }));
  const results = await store.atomically(
    turns.flatMap(({ steps, others }) => [...steps, ...others]),
    // Reports of one message are counted one after the other.
    [...new Set(applied.map(({ message }) => message.id))],
  );
  const changed = new Set<AppliedReport>();
  let place = 0;
  for (const { steps, others, stepping } of turns) {
    const stepped = results.slice(place, place + steps.length).flat() as { id: string }[];
    const ids = new Set(stepped.map(({ id }) => id));
    for (const one of stepping) if (ids.has(one.message.id)) changed.add(one);
    place += steps.length + others.length;
  }
  return changed;
}

/** Reports of which no two are of one message: those that step up, that say more than is known, that suppress, and all. */
type Turn = Record<'steps' | 'facts' | 'suppressing' | 'all', { one: AppliedReport; row: Row }[]>;

const rowsOf = (some: Turn['all']): Row[] => some.map(({ row }) => row);

function inTurns(applied: readonly AppliedReport[]): Turn[] {
  const turns: Turn[] = [];
  const seen = new Map<string, number>();
  for (const one of applied) {
    const number = seen.get(one.message.id) ?? 0;
    seen.set(one.message.id, number + 1);
    turns[number] ??= { steps: [], facts: [], suppressing: [], all: [] };
    const { steps, facts, suppressing, all } = turns[number];
    const both = { one, row: rowOf(one) };
    if (mayStepUp(one)) steps.push(both);
    if (saysMore(one)) facts.push(both);
    if (one.facts.suppression !== null) suppressing.push(both);
    all.push(both);
  }
  return turns;
}

/** The states that a report changes; a message never comes back to one of them. */
const openStates = (reported: MessageReportsTable['state']) =>
  reported === 'sent' ? ['sending', 'unclear'] : ['sending', 'unclear', 'accepted'];

/**
 * Whether a report may change the state of its message; one before it in the same group may have made it undelivered. What
 * was typed in has arrived, whatever is reported.
 */
export const mayStepUp = ({ report, message: { state, verified_at } }: Omit<AppliedReport, 'alongside'>): boolean =>
  (openStates(report.state).includes(state) && (report.state !== 'undelivered' || verified_at === null)) ||
  (report.state === 'delivered' && state === 'undelivered');

/** Whether a fact was not known yet; what is known stays. */
const saysMore = ({ facts, message }: AppliedReport): boolean =>
  (['provider_message_id', 'parts', 'price', 'currency', 'network'] as const).some(
    (name) => facts[name] !== null && (message[name] ?? null) === null,
  );

const reportColumns: GivenColumns = {
  message_id: 'text',
  digest: 'text',
  connector_id: 'text',
  received_at: 'bigint',
  state: 'text',
  provider_code: 'text',
  provider_message: 'text',
  provider_at: 'bigint',
};
const stepColumns: GivenColumns = {
  ...{ message_id: 'text', state: 'text', received_at: 'bigint', provider_at: 'bigint', error: 'text' },
};
const factColumns: GivenColumns = {
  ...{ message_id: 'text', provider_message_id: 'text', parts: 'bigint', price: 'text', currency: 'text' },
  ...{ network: 'text', micros: 'bigint' },
};
const suppressionColumns: GivenColumns = {
  ...{ message_id: 'text', digest: 'text', received_at: 'bigint', suppression: 'text' },
};
type Row = MessageReportsTable & ReportedFacts & { micros: number | null };

const rowOf = ({ report, facts }: AppliedReport): Row => ({
  ...report,
  ...facts,
  micros: microsOf(facts),
});

/** A price in millionths; null for what is none. Some providers give what they charge as less than nothing. */
function microsOf({ price, currency }: ReportedFacts): number | null {
  if (!price || !currency) return null;
  const micros = Math.round(Math.abs(Number(price)) * 1_000_000);
  return Number.isSafeInteger(micros) ? micros : null;
}

/** What a provider says that a message cost, in millionths of the currency. */
type Priced = { message: ReportedMessage; micros: number; currency: string };

/** What reports are the first to say of the price of their messages. */
export function firstPrices(applied: readonly AppliedReport[]): Priced[] {
  const priced = new Map<string, Priced>();
  for (const one of applied) {
    const { message, facts } = one;
    const [micros, currency] = [microsOf(facts), facts.currency];
    if (message.price !== null || micros === null || currency === null || priced.has(message.id)) continue;
    priced.set(message.id, { message, micros, currency });
  }
  return [...priced.values()];
}

const stepUp = forRows<Row, { id: string }>(stepColumns, (given) => {
  const isOpen = (state: MessageReportsTable['state']) =>
    sql`messages.state in (${sql.join(openStates(state).map((open) => sql.lit(open)))})`;
  return sql`update messages set state = case when given.state = 'sent' then 'accepted' else given.state end,
      error = given.error, updated_at = given.received_at, reported_at = given.provider_at,
      delivered_at = case when given.state = 'delivered' then given.received_at else messages.delivered_at end
    from ${given} where messages.id = given.message_id
      and (given.state <> 'undelivered' or messages.verified_at is null) and (
      case when given.state = 'sent' then ${isOpen('sent')} else ${isOpen('delivered')} end
      or (given.state = 'delivered' and messages.state = 'undelivered' and messages.reported_at < given.provider_at))
    returning messages.id as id`;
});

/** What is there already stays. The first price takes the place of our estimate; a number of SMS alone corrects it. */
const keepFacts = forRows<Row>(factColumns, (given) => {
  const names = ['provider_message_id', 'parts', 'price', 'currency', 'network'] as const;
  const kept = names.map(
    (name) => sql`${sql.ref(name)} = coalesce(${sql.ref(`messages.${name}`)}, ${sql.ref(`given.${name}`)})`,
  );
  const isFirst = sql`(messages.price is null and given.micros is not null)`;
  const isCorrected = sql`(given.micros is null and given.parts is not null and messages.parts is null
    and messages.estimated_parts > 0 and messages.cost_is_estimated = 1)`;
  return sql`update messages set ${sql.join(kept)},
      cost = case when ${isFirst} then given.micros
        when ${isCorrected} then messages.cost * given.parts / messages.estimated_parts else messages.cost end,
      cost_currency = case when ${isFirst} then given.currency else messages.cost_currency end,
      cost_is_estimated = case when ${isFirst} then 0 else messages.cost_is_estimated end
    from ${given} where messages.id = given.message_id`;
});

/** What was said of an address first stays; an administrator who lets mail go there again is not overruled by a repeat. */
const suppress = forRows<Row>(
  suppressionColumns,
  (given) => sql`insert into suppressions (id, recipient, error, message_id, created_at)
    select messages.id, messages.recipient, given.suppression, messages.id, given.received_at
    from ${given} join messages on messages.id = given.message_id
    where not exists (select 1 from message_reports as there
      where there.message_id = given.message_id and there.digest = given.digest)
    on conflict do nothing`,
);

const keepReports = forRows<Row>(reportColumns, (given) => {
  const names = Object.keys(reportColumns);
  const there = sql`(select count(*) from message_reports as there where there.message_id = given.message_id)`;
  return sql`insert into message_reports (${sql.join(names.map((name) => sql.ref(name)))})
    select ${sql.join(names.map((name) => sql.ref(`given.${name}`)))} from ${given}
    where ${there} < ${sql.lit(maxReports)}
    on conflict (message_id, digest) do nothing`;
});

/** Whether a message came to a state at this time. */
export const hasState = (id: string, state: string, at: number) =>
  sql<boolean>`exists (select 1 from messages where id = ${id} and state = ${state} and updated_at = ${whole(at)})`;
