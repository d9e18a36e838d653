import { createHash } from 'node:crypto';
import { type SqlBool, sql } from 'kysely';
import { hourMs } from './hour-sums.ts';
import { between, equals, isLike, type List, type Page, type Start, selecting } from './listing.ts';
import { everyEntry, type Listed, listEntries } from './lists.ts';
import { text, whole } from './parameters.ts';
import { statement } from './statement.ts';
import type { Store } from './store.ts';
import type { GuardDecisionsTable } from './tables/guard.ts';

/**
 * So many decisions of an hour are kept one by one, of each wider network and in all. The rest are counted in rows that
 * networks share, so that nobody makes the table grow without end, or has what was kept before deleted. Such a row tells
 * of its last decision: who has just been refused is found among the newest.
 */
export const maxOfHour = { network: 20, all: 250, shared: 64 };

/** A decision as it is handed over. */
export type NewDecision = Omit<GuardDecisionsTable, 'times' | 'around'> & { around: string };

/** Keeps a decision, and counts it; nobody waits for it. Whoever is refused may ask on for nothing. */
export async function recordDecision(store: Store, decision: NewDecision): Promise<void> {
  const locks = [`decisions:${decision.around}`];
  const figures = [`decisions-of:${decision.country ?? ''}`];
  await Promise.all([
    store.eventually(keep(store, decision), locks),
    store.eventually(count(store, decision), figures),
  ]);
}

const hourOf = ({ at }: NewDecision) => Math.floor(at / hourMs);

/** The row in which a decision is counted that is one too many. */
function sharedId(decision: NewDecision): string {
  const slot = (createHash('sha256').update(decision.around).digest()[0] ?? 0) % maxOfHour.shared;
  return `${hourOf(decision)} ${slot}`;
}

const keep = statement<NewDecision>((slot) => {
  const of = (key: Exclude<keyof NewDecision, 'at' | 'is_enforced'>) => text(slot((given) => given[key] ?? null));
  const isOfHour = sql`at >= ${whole(slot((given) => hourOf(given) * hourMs))}`;
  return sql`
    insert into guard_decisions (id, at, recipient, country, network, block, decision, is_enforced, reasons, times, around)
    select case when (select count(*) from guard_decisions where around = ${of('around')} and ${isOfHour})
          < ${sql.lit(maxOfHour.network)}
        and (select count(*) from guard_decisions where ${isOfHour}) < ${sql.lit(maxOfHour.all)} then ${of('id')}
        else ${text(slot(sharedId))} end,
      ${whole(slot(({ at }) => at))}, ${of('recipient')}, ${of('country')}, ${of('network')}, ${of('block')},
      ${of('decision')}, ${whole(slot(({ is_enforced }) => is_enforced))}, ${of('reasons')}, 1, ${of('around')}
    where true
    on conflict (id) do update set times = guard_decisions.times + 1,
      at = case when excluded.at > guard_decisions.at then excluded.at else guard_decisions.at end,
      recipient = excluded.recipient,
      country = excluded.country, network = excluded.network, block = excluded.block, decision = excluded.decision,
      is_enforced = excluded.is_enforced, reasons = excluded.reasons, around = excluded.around`;
});

const count = statement<NewDecision>((slot, db) =>
  db
    .insertInto('decision_figures')
    .values({
      hour: slot(hourOf),
      country: slot(({ country }) => country ?? ''),
      decision: slot(({ decision }) => decision),
      is_enforced: slot(({ is_enforced }) => is_enforced),
      decisions: 1,
      last_at: slot(({ at }) => at),
    })
    .onConflict((conflict) =>
      conflict.columns(['hour', 'country', 'decision', 'is_enforced']).doUpdateSet({
        decisions: sql`decision_figures.decisions + 1`,
        last_at: sql`case when excluded.last_at > decision_figures.last_at then excluded.last_at
          else decision_figures.last_at end`,
      }),
    ),
);

/** Which decisions to list; times are milliseconds since the epoch. */
export type DecisionFilter = {
  country?: string | undefined;
  decision?: GuardDecisionsTable['decision'] | undefined;
  isEnforced?: boolean | undefined;
  /** A block of numbers, or what blocks begin with. */
  range?: string | undefined;
  network?: string | undefined;
  from?: number | undefined;
  until?: number | undefined;
};

const list = { table: 'guard_decisions', by: 'at' } as const satisfies List;

const selectionOf = ({ country, decision, isEnforced, range, network, from, until }: DecisionFilter) =>
  selecting(
    [between('at', { from, until })],
    [
      equals('country', country),
      equals('decision', decision),
      equals('network', network),
      range === undefined ? undefined : isLike('block', `${range}%`),
      isEnforced === undefined ? undefined : sql<SqlBool>`is_enforced = ${isEnforced ? 1 : 0}`,
    ],
  );

/** A page of decisions. @throws ApiError `request.too_broad` */
export const listDecisions = (
  store: Store,
  filter: DecisionFilter,
  page: Page,
  now: () => number,
): Promise<Listed<GuardDecisionsTable>> => listEntries(store, list, selectionOf(filter), page, now);

/** Every decision that matches, in order, a few hundred at a time. */
export const everyDecision = (store: Store, filter: DecisionFilter, start: Start) =>
  everyEntry(store, list, selectionOf(filter), start);

/** How many sends of a country were stopped, or would have been, and when the last was. */
export type DecisionCount = Pick<GuardDecisionsTable, 'country' | 'decision' | 'is_enforced'> & {
  decisions: number;
  last_at: number;
};

/** Counts the decisions since the begin of the hour of a time, by country and kind. */
export const countDecisions = ({ reader }: Store, from: number): Promise<DecisionCount[]> =>
  reader
    .selectFrom('decision_figures')
    .select((row) => [
      sql<string | null>`nullif(country, '')`.as('country'),
      'decision',
      'is_enforced',
      sql<number>`cast(sum(decisions) as bigint)`.as('decisions'),
      row.fn.max('last_at').as('last_at'),
    ])
    .where('hour', '>=', Math.floor(from / hourMs))
    .groupBy([sql`1`, 'decision', 'is_enforced'])
    .execute();
