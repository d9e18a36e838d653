import { type RawBuilder, sql } from 'kysely';
import { text, whole } from './parameters.ts';
import type { GuardBudgetsTable } from './schema.ts';
import { type Slot, statement } from './statement.ts';
import type { Store } from './store.ts';
import { clockToleranceMs } from './windows.ts';

const hour = 3_600_000;

/** After so many milliseconds a figure has halved, at the same moments for everybody. */
export const halfLives = {
  sent: 48 * hour,
  verified: 48 * hour,
  recent: hour / 6,
  passed: hour,
  failed: hour,
} as const;
export type FadingFigure = keyof typeof halfLives;
const fadingFigures = Object.keys(halfLives) as FadingFigure[];

/** What a send takes from a budget, and how far it may. In thousandths of a code. */
export type BudgetRaise = { scope: string; cost: number; maxLevel: number; leakMs: number };

/** What a send takes from all of its budgets: all or none. */
export type Charge = { id: string; now: number; budgets: readonly BudgetRaise[] };

/**
 * What a right code gives back. `number` is the budget of its number, which says how much is outstanding; `shared` get
 * that back with something on top, in thousandths; `own` are emptied.
 */
export type GiveBack = {
  now: number;
  number: string;
  shared: readonly { scope: string; bonus: number }[];
  own: readonly string[];
};

const table = 'guard_budgets';
const column = (name: keyof GuardBudgetsTable) => sql.ref(`${table}.${name}`);
const excluded = (name: keyof GuardBudgetsTable) => sql.ref(`excluded.${name}`);
const nowOfRow = excluded('updated_at');

/** Far ahead of this clock is a clock that was set back: what it wrote has leaked. */
const leaked = sql`case
  when ${column('updated_at')} > ${nowOfRow} + ${sql.lit(clockToleranceMs)} then 0
  when ${column('updated_at')} >= ${nowOfRow} then ${column('level')}
  when ${column('level')} <= (${nowOfRow} - ${column('updated_at')}) / ${column('leak_ms')} * 1000
    + (${nowOfRow} - ${column('updated_at')}) % ${column('leak_ms')} * 1000 / ${column('leak_ms')} then 0
  else ${column('level')} - ((${nowOfRow} - ${column('updated_at')}) / ${column('leak_ms')} * 1000
    + (${nowOfRow} - ${column('updated_at')}) % ${column('leak_ms')} * 1000 / ${column('leak_ms')}) end`;

function faded(figure: FadingFigure): RawBuilder<number> {
  const period = sql.lit(halfLives[figure]);
  const halvings = sql`(${nowOfRow} / ${period} - ${column('updated_at')} / ${period})`;
  return sql`case when ${halvings} > 40 or ${halvings} < -40 then 0
    when ${halvings} <= 0 then ${column(figure)} else ${column(figure)} >> cast(${halvings} as integer) end`;
}

const fadeWith = (added: Partial<Record<FadingFigure, RawBuilder<unknown>>>) =>
  sql.join(
    fadingFigures.map(
      (figure) => sql`${sql.ref(figure)} = ${faded(figure)}${added[figure] ? sql` + ${added[figure]}` : sql``}`,
    ),
  );

const columns = sql.raw(
  'scope, level, max_level, leak_ms, sent, verified, recent, passed, failed, closures, closed_until, verified_at, last_send_id, updated_at',
);

const countOf = ({ budgets }: { budgets: readonly unknown[] }) => budgets.length;

/** The budgets as they stand; nothing for one that was never used. */
export const listBudgets = (store: Store, scopes: readonly string[]): Promise<GuardBudgetsTable[]> =>
  store.run(list(store, { scopes }));

const list = statement<{ scopes: readonly string[] }, GuardBudgetsTable>(
  (slot, db, { scopes }) =>
    db
      .selectFrom('guard_budgets')
      .selectAll()
      .where(
        'scope',
        'in',
        scopes.map((_, index) => slot(({ scopes }) => scopes[index] ?? '')),
      ),
  ({ scopes }) => scopes.length,
);

/** Raises each budget that has room. @returns those that had */
export const raiseBudgets = statement<Charge, { scope: string }>((slot, _, { budgets }) => {
  const rows = budgets.map((_, index) => {
    const of = (key: keyof BudgetRaise) => slot(({ budgets }) => budgets[index]?.[key]);
    const cost = whole(of('cost') as number);
    return sql`(${of('scope')}, ${cost}, ${of('maxLevel')}, ${of('leakMs')}, ${cost}, 0, 0, 0, 0, 0, 0,
      null, ${slot(({ id }) => id)}, ${whole(slot(({ now }) => now))})`;
  });
  return sql`
    insert into guard_budgets (${columns}) values ${sql.join(rows)}
    on conflict (scope) do update set level = ${leaked} + excluded.level, max_level = excluded.max_level,
      leak_ms = excluded.leak_ms, ${fadeWith({ sent: excluded('sent') })}, last_send_id = excluded.last_send_id,
      updated_at = excluded.updated_at
    where ${leaked} + excluded.level <= excluded.max_level
    returning scope`;
}, countOf);

/** How many of the budgets carry the stamp of a send: as many as it has, where each had room. */
export const countRaised = <Given>(slot: Slot<Given>, budgets: number, chargeOf: (given: Given) => Charge) =>
  sql`(select count(*) from guard_budgets where scope in (${scopesOf(slot, budgets, chargeOf)})
    and last_send_id = ${slot((given) => chargeOf(given).id)})`;

/** Takes back what a send took, where `condition` holds. */
export const lowerBudgets = <Given>(
  slot: Slot<Given>,
  example: readonly BudgetRaise[],
  chargeOf: (given: Given) => Charge,
  condition: RawBuilder<unknown>,
) => {
  const costs = example.map(
    (_, index) => sql`when ${slot((given) => chargeOf(given).budgets[index]?.scope)}
      then ${whole(slot((given) => chargeOf(given).budgets[index]?.cost ?? 0))}`,
  );
  const cost = sql`case scope ${sql.join(costs, sql` `)} else 0 end`;
  return sql`update guard_budgets set level = level - ${cost}, sent = sent - ${cost}
    where scope in (${scopesOf(slot, example.length, chargeOf)}) and last_send_id = ${slot((given) => chargeOf(given).id)}
      and ${condition}`;
};

const scopesOf = <Given>(slot: Slot<Given>, length: number, chargeOf: (given: Given) => Charge) =>
  sql.join(Array.from({ length }, (_, index) => slot((given) => chargeOf(given).budgets[index]?.scope)));

/** Charges the budgets of a send that is recorded elsewhere. @returns whether all had room */
export async function chargeBudgets(store: Store, charge: Charge): Promise<boolean> {
  const budgets = charge.budgets.toSorted((a, b) => (a.scope < b.scope ? -1 : 1));
  const sorted = { ...charge, budgets };
  const [raised] = await store.atomically(
    [raiseBudgets(store, sorted), lowerAlone(store, sorted)],
    budgets.map(({ scope }) => scope),
  );
  return raised.length === budgets.length;
}

const lowerAlone = statement<Charge>((slot, _, { budgets }) => {
  const same = (charge: Charge) => charge;
  const isPartly = sql`${countRaised(slot, budgets.length, same)} < ${sql.lit(budgets.length)}`;
  return lowerBudgets(slot, budgets, same, isPartly);
}, countOf);

/** Gives back in a transaction of its own. */
export async function giveBackBudgets(store: Store, given: GiveBack): Promise<void> {
  await store.atomically([giveBackShared(store, given), giveBackOwn(store, given)], scopesGivenBack(given));
}

/** Every budget that a right code touches. */
export const scopesGivenBack = ({ number, shared, own }: GiveBack): string[] => [
  number,
  ...own,
  ...shared.map(({ scope }) => scope),
];

const shapeOfGiveBack = ({ shared, own }: GiveBack) => `${shared.length}/${own.length}`;

/** What is given back to budgets that others use as well; where `condition` holds. */
export function givingBackShared<Given>(
  slot: Slot<Given>,
  { shared }: GiveBack,
  of: (given: Given) => GiveBack,
  condition: RawBuilder<unknown>,
) {
  const now = whole(slot((given) => of(given).now));
  // What is outstanding of the number is given back with the first code that is right, and is none after.
  const outstanding = sql`coalesce((select level from guard_budgets where scope = ${slot((given) => of(given).number)}), 0)`;
  const rows = shared.map((_, index) => {
    const scope = text(slot((given) => of(given).shared[index]?.scope ?? ''));
    const back = sql`${outstanding} + ${whole(slot((given) => of(given).shared[index]?.bonus ?? 0))}`;
    return rightCode(scope, back, now, condition);
  });
  return sql`
    insert into guard_budgets (${columns}) ${sql.join(rows, sql` union all `)}
    on conflict (scope) do update set level = ${lowered},
      closed_until = case when ${lowered} * 2 < guard_budgets.max_level then 0 else guard_budgets.closed_until end,
      ${fadeWith({ verified: excluded('verified'), recent: excluded('recent') })},
      verified_at = excluded.verified_at, updated_at = excluded.updated_at`;
}

/** `back` stands in `max_level`: nothing else of a new row could say it. */
const rightCode = (scope: unknown, back: unknown, now: unknown, condition: unknown) => sql`
  select ${scope}, 0, ${back}, ${sql.lit(hour)}, 0, 1000, 1000, 0, 0, 0, 0, ${now}, cast(null as text), ${now}
  where ${condition}`;

/** On insert `max_level` carries what is given back: nothing else of the row says it. */
const lowered = sql`(case when ${leaked} > excluded.max_level then ${leaked} - excluded.max_level else 0 end)`;

/** Empties the budgets of the number and the device alone. */
export function givingBackOwn<Given>(
  slot: Slot<Given>,
  { own }: GiveBack,
  of: (given: Given) => GiveBack,
  condition: RawBuilder<unknown>,
) {
  const now = whole(slot((given) => of(given).now));
  const scopes = [
    slot((given) => of(given).number),
    ...own.map((_, index) => slot((given) => of(given).own[index] ?? '')),
  ];
  const rows = scopes.map((scope) => rightCode(text(scope), sql`0`, now, condition));
  return sql`
    insert into guard_budgets (${columns}) ${sql.join(rows, sql` union all `)}
    on conflict (scope) do update set level = 0, ${fadeWith({ verified: excluded('verified'), recent: excluded('recent') })},
      verified_at = excluded.verified_at, updated_at = excluded.updated_at`;
}

const same = (given: GiveBack) => given;
const giveBackShared = statement<GiveBack>(
  (slot, _, example) => givingBackShared(slot, example, same, sql`1 = 1`),
  shapeOfGiveBack,
);
const giveBackOwn = statement<GiveBack>(
  (slot, _, example) => givingBackOwn(slot, example, same, sql`1 = 1`),
  shapeOfGiveBack,
);

/** Human checks of one outcome, by what they are counted under. */
export type NotedCheck = { now: number; outcome: 'passed' | 'failed'; scopes: readonly string[] };

/** Counts a human check. */
export async function noteCheck(store: Store, noted: NotedCheck): Promise<void> {
  await store.atomically([note(store, { ...noted, scopes: noted.scopes.toSorted() })], noted.scopes);
}

/** A check that is passed had been counted as one that failed when it was asked for. */
const takenBack = sql`case when ${excluded('passed')} = 0 then 0 when ${faded('failed')} < 1000 then ${faded('failed')} else 1000 end`;

const note = statement<NotedCheck>(
  (slot, _, { scopes }) => {
    const now = whole(slot(({ now }) => now));
    const one = (outcome: NotedCheck['outcome']) => whole(slot((given) => (given.outcome === outcome ? 1000 : 0)));
    const rows = scopes.map(
      (_, index) => sql`(${slot(({ scopes }) => scopes[index])}, 0, 0, ${sql.lit(hour)}, 0, 0, 0,
        ${one('passed')}, ${one('failed')}, 0, 0, null, null, ${now})`,
    );
    return sql`insert into guard_budgets (${columns}) values ${sql.join(rows)}
      on conflict (scope) do update set level = ${leaked},
        ${fadeWith({ passed: excluded('passed'), failed: sql`${excluded('failed')} - ${takenBack}` })}, updated_at = excluded.updated_at`;
  },
  ({ scopes }) => scopes.length,
);

/** Closes a scope, unless somebody else has. `closures` is how often it had been closed before. */
export async function closeScope(
  store: Store,
  { scope, closures, until, now }: { scope: string; closures: number; until: number; now: number },
): Promise<void> {
  await store.atomically([close(store, { scope, closures, until, now })], [scope]);
}

const close = statement<{ scope: string; closures: number; until: number; now: number }>(
  (slot) => sql`update guard_budgets set closed_until = ${whole(slot(({ until }) => until))},
      closures = ${whole(slot(({ closures }) => closures + 1))}
    where scope = ${slot(({ scope }) => scope)} and closed_until <= ${whole(slot(({ now }) => now))}`,
);
