import { type SqlBool, sql } from 'kysely';
import { between, equals, isLike, type List, type Page, type Start, selecting } from './listing.ts';
import { everyEntry, type Listed, listEntries } from './lists.ts';
import type { GuardDecisionsTable } from './schema.ts';
import { slotsOf, statement } from './statement.ts';
import type { Store } from './store.ts';

const insert = statement<GuardDecisionsTable>((slot, db, row) =>
  db.insertInto('guard_decisions').values(slotsOf(slot, row, (given) => given)),
);

/** Keeps a decision; nobody waits for it. */
export const recordDecision = (store: Store, decision: GuardDecisionsTable): Promise<void> =>
  store.eventually(insert(store, decision), []);

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

/** Counts the decisions since a time by country and kind. */
export const countDecisions = ({ reader }: Store, from: number): Promise<DecisionCount[]> =>
  reader
    .selectFrom('guard_decisions')
    .select((row) => [
      'country',
      'decision',
      'is_enforced',
      row.fn.countAll<number>().as('decisions'),
      row.fn.max('at').as('last_at'),
    ])
    .where('at', '>=', from)
    .groupBy(['country', 'decision', 'is_enforced'])
    .execute();
