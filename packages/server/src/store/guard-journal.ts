import type { CompiledQuery } from 'kysely';
import { budgetColumns } from './guard-budgets.ts';
import { statement } from './statement.ts';
import type { Store } from './store.ts';
import type { GuardBudgetsTable } from './tables/guard.ts';

/*
 * Where one process has the database to itself, budgets live in its memory. Whatever changes them is appended here, in one
 * row that tells what they are now, before the send that changed them is recorded. Now and then the budgets are written to
 * their own table, and the rows until then are cut off.
 */

type Entry = { id: number; changes: string };

/** Appends what budgets have become. */
export const appendToJournal = (store: Store, id: number, budgets: readonly GuardBudgetsTable[]): CompiledQuery =>
  append(store, {
    id,
    changes: JSON.stringify(budgets.map((budget) => budgetColumns.map((column) => budget[column]))),
  });

const append = statement<Entry>((slot, db) =>
  db.insertInto('guard_journal').values({ id: slot(({ id }) => id), changes: slot(({ changes }) => changes) }),
);

/** Forgets rows up to and with this one. */
export const cutJournal = statement<number>((slot, db) =>
  db.deleteFrom('guard_journal').where(
    'id',
    '<=',
    slot((id) => id),
  ),
);

/** What was appended, the oldest first. */
export const selectJournal = (store: Store): CompiledQuery<Entry> =>
  store.db.selectFrom('guard_journal').selectAll().orderBy('id').compile();

/** What budgets have become by these rows. */
export const budgetsOf = (entries: readonly Entry[]): GuardBudgetsTable[] => {
  const budgets = new Map<string, GuardBudgetsTable>();
  for (const { changes } of entries) {
    for (const cells of JSON.parse(changes) as unknown[][]) {
      const budget = Object.fromEntries(budgetColumns.map((column, index) => [column, cells[index]]));
      budgets.set(budget.scope as string, budget as GuardBudgetsTable);
    }
  }
  return [...budgets.values()];
};
