import { type CompiledQuery, sql } from 'kysely';
import { statement } from './statement.ts';
import type { Store } from './store.ts';
import type { GuardBudgetsTable } from './tables/guard.ts';

/** Budgets that nobody else changes meanwhile. */
export type BudgetView = {
  get: (scope: string) => GuardBudgetsTable | undefined;
  set: (budget: GuardBudgetsTable) => void;
};

/**
 * Has `work` look at the budgets of these scopes, and change them: at once, whole, and one after the other, in all
 * processes. It may run again where the database undid what it wrote.
 * @param isOwed whether it is done also where what came before could not be written, of which the next one hears
 */
export type Ledger = <T>(scopes: readonly string[], work: (budgets: BudgetView) => T, isOwed?: boolean) => Promise<T>;

/** The columns of a budget, its name first. */
export const budgetColumns = [
  'scope',
  'level',
  'leak_ms',
  'sent',
  'verified',
  'recent',
  'elsewhere',
  'turned_away',
  'let_in',
  'passed',
  'failed',
  'closures',
  'closed_until',
  'verified_at',
  'updated_at',
  'kept_until',
] as const satisfies (keyof GuardBudgetsTable)[];

/** The budgets as they stand in the database; nothing for one that was never used. */
export const selectBudgets = (store: Pick<Store, 'db' | 'kind'>, scopes: readonly string[]) =>
  store.kind === 'SQLite' ? selectListed(store, scopes) : selectAny(store, scopes);

/** Few statements for any number of names: the places that are left have the name of no budget. */
const selectListed = statement<readonly string[], GuardBudgetsTable>(
  (slot, db, scopes) =>
    db
      .selectFrom('guard_budgets')
      .select(budgetColumns)
      .where(
        'scope',
        'in',
        Array.from({ length: placesFor(scopes) }, (_, index) => slot((given) => given[index] ?? '')),
      ),
  placesFor,
);

/** A power of two. */
function placesFor({ length }: readonly string[]): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, length)));
}

/** One statement for any number of names. */
const selectAny = statement<readonly string[], GuardBudgetsTable>((slot, db) =>
  db
    .selectFrom('guard_budgets')
    .select(budgetColumns)
    .where(sql<boolean>`scope = any(${slot((scopes) => [...scopes])}::text[])`),
);

const columns = sql.join(budgetColumns.map((column) => sql.ref(column)));
const changes = sql.join(
  budgetColumns
    .filter((column) => column !== 'scope')
    .map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`),
);

/** Statements that write budgets as they are given: one for each, or on PostgreSQL, where each travels, one for all. */
export const writeBudgets = (
  store: Pick<Store, 'db' | 'kind'>,
  budgets: readonly GuardBudgetsTable[],
): CompiledQuery[] => {
  if (store.kind === 'SQLite') return budgets.map((budget) => writeOne(store, budget));
  return budgets.length === 0 ? [] : [writeAll(store, budgets)];
};

const writeOne = statement<GuardBudgetsTable>((slot) => {
  const cells = budgetColumns.map((column) => slot((budget) => budget[column]));
  return sql`insert into guard_budgets (${columns}) values (${sql.join(cells)})
    on conflict (scope) do update set ${changes}`;
});

const writeAll = statement<readonly GuardBudgetsTable[]>((slot) => {
  const types = budgetColumns.map(
    (column) => sql`${sql.ref(column)} ${sql.raw(column === 'scope' ? 'text' : 'bigint')}`,
  );
  return sql`insert into guard_budgets (${columns})
    select ${columns} from json_to_recordset(${slot((given) => JSON.stringify(given))}::json) as (${sql.join(types)})
    on conflict (scope) do update set ${changes}`;
});
