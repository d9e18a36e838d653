import { type RawBuilder, sql } from 'kysely';
import { text, whole } from './parameters.ts';
import { type Slot, statement } from './statement.ts';
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

/** Counts a send in each period that is not over its cap; the message that reaches it is the last. @returns those that were not */
export const raiseSpendings = statement<Spend, Spent>(
  (slot, _, { caps }) => {
    const rows = caps.map((_, index) => {
      const of = (key: keyof Cap) => slot(({ caps }) => caps[index]?.[key] as never);
      return sql`(${text(of('key'))}, 1, ${whole(slot(({ cost }) => cost))}, ${whole(of('maxMessages'))},
        ${whole(of('maxCost'))}, ${whole(of('endsAt'))}, ${text(slot(({ id }) => id))})`;
    });
    return sql`
    insert into spendings (key, messages, cost, max_messages, max_cost, ends_at, last_send_id) values ${sql.join(rows)}
    on conflict (key) do update set messages = spendings.messages + 1, cost = spendings.cost + excluded.cost,
      max_messages = excluded.max_messages, max_cost = excluded.max_cost, last_send_id = excluded.last_send_id
    where (excluded.max_messages is null or spendings.messages < excluded.max_messages)
      and (excluded.max_cost is null or spendings.cost < excluded.max_cost)
    returning key, messages, cost`;
  },
  ({ caps }) => caps.length,
);

const keysIn = <Given>(slot: Slot<Given>, count: number, spendOf: (given: Given) => Spend) =>
  sql.join(Array.from({ length: count }, (_, index) => slot((given) => spendOf(given).caps[index]?.key)));

/** In how many periods a send was counted. */
export const countSpent = <Given>(slot: Slot<Given>, count: number, spendOf: (given: Given) => Spend) =>
  sql`(select count(*) from spendings where key in (${keysIn(slot, count, spendOf)})
    and last_send_id = ${slot((given) => spendOf(given).id)})`;

/** Takes back what was counted of a send, where `condition` holds. */
export const lowerSpendings = <Given>(
  slot: Slot<Given>,
  count: number,
  spendOf: (given: Given) => Spend,
  condition: RawBuilder<unknown>,
) => sql`update spendings set messages = messages - 1, cost = cost - ${whole(slot((given) => spendOf(given).cost))}
  where key in (${keysIn(slot, count, spendOf)}) and last_send_id = ${slot((given) => spendOf(given).id)} and ${condition}`;

const lowerUnlessAll = statement<Spend>(
  (slot, _, { caps: { length } }) =>
    lowerSpendings(
      slot,
      length,
      (given) => given,
      sql`${countSpent(slot, length, (given: Spend) => given)} < ${sql.lit(length)}`,
    ),
  ({ caps }) => caps.length,
);

/** Counts a send that has begun in all of its periods, or in none of them. @returns what they come to; nothing where one is full */
export async function spend(store: Store, given: Spend): Promise<Spent[] | undefined> {
  if (given.caps.length === 0) return [];
  const caps = given.caps.toSorted((one, other) => (one.key < other.key ? -1 : 1));
  const of = { ...given, caps };
  const locks = caps.map(({ key }) => key);
  const [spent] = await store.atomically([raiseSpendings(store, of), lowerUnlessAll(store, of)], locks);
  return spent.length === caps.length ? spent : undefined;
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
