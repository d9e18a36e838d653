import { type RawBuilder, sql } from 'kysely';
import { joint, type Parts } from './joint.ts';
import { text, whole } from './parameters.ts';
import type { Store } from './store.ts';
import type { SpendingsTable } from './tables/codes.ts';

/** A period in which it is counted what is spent, and how far that may go; null for any amount. */
export type Cap = {
  key: string;
  maxMessages: number | null;
  /** In millionths of a currency. */
  maxCost: number | null;
  /** Milliseconds since the epoch. */
  endsAt: number;
};

/** What a send adds to its periods: one message, and this cost in millionths. All of them or none. */
export type Spend = { id: string; cost: number; caps: readonly Cap[] };

/** What a period has come to. */
export type Spent = Pick<SpendingsTable, 'key' | 'messages' | 'cost'>;

/** The columns of what is given for the period at this place. */
const ofCap = <Given>({ text, whole }: Parts<Given>, index: number, spendOf: (given: Given) => Spend) => {
  const cap = (given: Given) => spendOf(given).caps[index];
  return {
    key: text((given) => cap(given)?.key),
    maxMessages: whole((given) => cap(given)?.maxMessages),
    maxCost: whole((given) => cap(given)?.maxCost),
    endsAt: whole((given) => cap(given)?.endsAt),
  };
};

/** For each of so many periods, whether it is over its cap; the message that reaches it is the last. */
export const fullCaps = <Given>(parts: Parts<Given>, count: number, spendOf: (given: Given) => Spend) =>
  Array.from({ length: count }, (_, index) => {
    const { key, maxMessages, maxCost } = ofCap(parts, index, spendOf);
    return sql`exists (select 1 from spendings where key = ${key}
      and (messages >= ${maxMessages} or cost >= ${maxCost}))`;
  });

/** Whether a send was counted in its periods. */
export const isSpent = <Given>(parts: Parts<Given>, spendOf: (given: Given) => Spend) =>
  sql`exists (select 1 from spendings where key = ${ofCap(parts, 0, spendOf).key} and last_send_id = ${parts.unit})`;

/**
 * Counts a send in each of so many periods, or in none where one of them is over its cap.
 * @param condition what has to hold besides
 * @returns what they come to
 */
export function raisingSpendings<Given>(
  parts: Parts<Given>,
  count: number,
  spendOf: (given: Given) => Spend,
  condition: RawBuilder<unknown> = sql`1 = 1`,
): RawBuilder<unknown> {
  const cost = parts.whole((given) => spendOf(given).cost);
  const rows = Array.from({ length: count }, (_, index) => {
    const { key, maxMessages, maxCost, endsAt } = ofCap(parts, index, spendOf);
    return sql`(${key}, 1, ${cost}, ${maxMessages}, ${maxCost}, ${endsAt}, ${parts.unit})`;
  });
  return sql`
    insert into spendings (key, messages, cost, max_messages, max_cost, ends_at, last_send_id)
    select raised.* from ${parts.given('given, lateral')} (values ${sql.join(rows)}) as raised
    where ${condition} and not (${sql.join(fullCaps(parts, count, spendOf), sql` or `)})
    on conflict (key) do update set messages = spendings.messages + 1, cost = spendings.cost + excluded.cost,
      max_messages = excluded.max_messages, max_cost = excluded.max_cost, last_send_id = excluded.last_send_id
    returning key, messages, cost, last_send_id as unit`;
}

const raiseSpendings = joint<Spend, Spent>(
  ({ id }) => id,
  (parts, { caps }) => raisingSpendings(parts, caps.length, (given) => given),
  ({ caps }) => caps.length,
);

/**
 * Counts a send that has begun in all of its periods, or in none of them.
 * @returns what they come to; nothing where one is full
 */
export async function spend(store: Store, given: Spend): Promise<Spent[] | undefined> {
  if (given.caps.length === 0) return [];
  const caps = given.caps.toSorted((one, other) => (one.key < other.key ? -1 : 1));
  const locks = caps.map(({ key }) => key);
  const [spent] = await store.atomically([raiseSpendings(store, { ...given, caps })], locks);
  return spent.length > 0 ? spent : undefined;
}

/** Sees to it that periods have come to no less than this. */
export async function keepSpent(store: Store, spent: readonly (Cap & Spent)[]): Promise<void> {
  const larger = (column: 'messages' | 'cost') => {
    const [counted, given] = [sql.ref(`spendings.${column}`), sql.ref(`excluded.${column}`)];
    return sql`${sql.ref(column)} = case when ${counted} < ${given} then ${given} else ${counted} end`;
  };
  const sorted = spent.toSorted((one, other) => (one.key < other.key ? -1 : 1));
  const keeping = sorted.map(({ key, messages, cost, maxMessages, maxCost, endsAt }) =>
    sql`insert into spendings (key, messages, cost, max_messages, max_cost, ends_at, last_send_id)
      values (${text(key)}, ${whole(messages)}, ${whole(cost)}, ${whole(maxMessages)}, ${whole(maxCost)}, ${whole(endsAt)}, '')
      on conflict (key) do update set ${larger('messages')}, ${larger('cost')}`.compile(store.db),
  );
  const keys = sorted.map(({ key }) => key);
  if (keys.length > 0) await store.atomically(keeping, keys);
}

/** Takes back what was counted of a send that did not go out after all. */
export async function takeBackSpent(store: Store, { cost, caps }: Pick<Spend, 'cost' | 'caps'>): Promise<void> {
  if (caps.length === 0) return;
  const keys = caps.map(({ key }) => key).toSorted();
  const lowering = keys.map((key) =>
    sql`update spendings set messages = messages - 1, cost = cost - ${whole(cost)}
      where key = ${text(key)} and messages > 0`.compile(store.db),
  );
  await store.atomically(lowering, keys);
}

/** What these periods have come to; nothing of those in which nothing was sent. */
export const listSpendings = async ({ db }: Store, keys: readonly string[]): Promise<Spent[]> =>
  keys.length === 0
    ? []
    : db.selectFrom('spendings').select(['key', 'messages', 'cost']).where('key', 'in', keys).execute();
