import type { BudgetView, Ledger } from './guard-budgets.ts';
import { budgetsInMemory } from './guard-memory.ts';
import { sharedBudgets } from './guard-shared.ts';
import type { Store } from './store.ts';
import type { GuardBudgetsTable } from './tables/guard.ts';

/** Where the database is of one process alone, its memory has the last word; else the database has, for many at once. */
export const createLedger = (store: Store): Ledger =>
  store.exclusively ? inBatches(sharedBudgets(store, store.exclusively)) : inBatches(budgetsInMemory(store));

/** Where budgets are. */
export type KeptBudgets = {
  /**
   * Finds the budgets of these scopes, and keeps what `change` gives: whole, and after nobody else changed them meanwhile.
   * `change` may run again where the database undid what it wrote.
   */
  change: (scopes: readonly string[], change: (found: Rows) => GuardBudgetsTable[]) => Promise<void>;
  /** So many may ask at once. */
  mostTogether: number;
  /** @throws what kept earlier changes from being written, once */
  complain?: () => void;
};
/** Budgets by what they are of. */
export type Rows = Map<string, GuardBudgetsTable>;

type Waiting = {
  scopes: readonly string[];
  run: (budgets: BudgetView) => void;
  resolve: () => void;
  reject: (error: unknown) => void;
};

/**
 * What is asked for in one turn goes together, and what comes meanwhile with the next: a statement costs more than what it
 * reads, and a row that everybody wants is locked once for many sends.
 */
export function inBatches({ change, mostTogether, complain }: KeptBudgets): Ledger {
  let waiting: Waiting[] = [];
  let isRunning = false;

  async function runAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, mostTogether);
      waiting = waiting.slice(mostTogether);
      try {
        await change([...new Set(batch.flatMap(({ scopes }) => scopes))], (found) => changesOf(batch, found));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isRunning = false;
  }

  return <T>(scopes: readonly string[], work: (budgets: BudgetView) => T, isOwed = false) =>
    new Promise<T>((resolve, reject) => {
      if (!isOwed) complain?.();
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

/** What becomes of the budgets, one work after the other. */
function changesOf(batch: readonly Waiting[], found: Rows): GuardBudgetsTable[] {
  const changed: Rows = new Map();
  const view: BudgetView = {
    get: (scope) => found.get(scope),
    set(row) {
      found.set(row.scope, row);
      changed.set(row.scope, row);
    },
  };
  for (const { run } of batch) run(view);
  return [...changed.values()];
}
