import { type BudgetView, type Ledger, selectBudgets, writeBudgets } from './guard-budgets.ts';
import { budgetsOf, cutJournal, selectJournal } from './guard-journal.ts';
import type { Exclusively, Store } from './store.ts';
import type { GuardBudgetsTable } from './tables/guard.ts';

/** Each name takes a lock of the server, which has room for some thousands. */
const mostTogether = 32;

type Waiting = {
  scopes: readonly string[];
  run: (budgets: BudgetView) => void;
  resolve: () => void;
  reject: (error: unknown) => void;
};

/**
 * Budgets that several processes share. What comes while a transaction is under way goes with the next: a row that
 * everybody wants is locked once for many sends, and only between reading and writing it.
 */
export function ledgerInBatches(store: Store, exclusively: Exclusively): Ledger {
  let waiting: Waiting[] = [];
  let isRunning = false;
  let isSettled = false;

  async function runAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, mostTogether);
      waiting = waiting.slice(mostTogether);
      try {
        if (!isSettled) await settleJournal(store, exclusively);
        isSettled = true;
        await runBatch(batch);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isRunning = false;
  }

  async function runBatch(batch: readonly Waiting[]): Promise<void> {
    const scopes = [...new Set(batch.flatMap((one) => one.scopes))];
    await exclusively(scopes, selectBudgets(store, scopes), (rows) => {
      const budgets = new Map(rows.map((row) => [row.scope, row]));
      const changed = new Map<string, GuardBudgetsTable>();
      for (const { run } of batch) {
        run({
          get: (scope) => budgets.get(scope),
          set(row) {
            budgets.set(row.scope, row);
            changed.set(row.scope, row);
          },
        });
      }
      return writeBudgets(store, [...changed.values()]);
    });
  }

  return <T>(scopes: readonly string[], work: (budgets: BudgetView) => T) =>
    new Promise<T>((resolve, reject) => {
      let result: T;
      waiting.push({
        scopes,
        run: (budgets) => {
          result = work(budgets);
        },
        resolve: () => resolve(result),
        reject,
      });
      if (isRunning) return;
      isRunning = true;
      setImmediate(() => void runAll());
    });
}

/** What came with data that were in SQLite before. */
const settleJournal = (store: Store, exclusively: Exclusively): Promise<void> =>
  exclusively(['guard-journal'], selectJournal(store), (entries) => {
    const last = entries.at(-1);
    return last ? [...writeBudgets(store, budgetsOf(entries)), cutJournal(store, last.id)] : [];
  });
