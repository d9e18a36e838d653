import { selectBudgets, writeBudgets } from './guard-budgets.ts';
import { budgetsOf, cutJournal, selectJournal } from './guard-journal.ts';
import type { KeptBudgets } from './guard-ledger.ts';
import type { Exclusively, Store } from './store.ts';

/** Each name takes a lock of the server, which has room for some thousands. */
const mostTogether = 32;

/** Budgets that several processes share: locked between reading and writing them. */
export function sharedBudgets(store: Store, exclusively: Exclusively): KeptBudgets {
  let isSettled = false;
  return {
    mostTogether,
    async change(scopes, change) {
      if (!isSettled) await settleJournal(store, exclusively);
      isSettled = true;
      await exclusively(scopes, selectBudgets(store, scopes), (rows) =>
        writeBudgets(store, change(new Map(rows.map((row) => [row.scope, row])))),
      );
    },
  };
}

/** What came with data that were in SQLite before. */
const settleJournal = (store: Store, exclusively: Exclusively): Promise<void> =>
  exclusively(['guard-journal'], selectJournal(store), (entries) => {
    const last = entries.at(-1);
    return last ? [...writeBudgets(store, budgetsOf(entries)), cutJournal(store, last.id)] : [];
  });
