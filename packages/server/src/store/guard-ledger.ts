import { LRUCache } from 'lru-cache';
import { listBudgets, selectBudgets, writeBudgets } from './guard-budgets.ts';
import type { GuardBudgetsTable } from './schema.ts';
import type { Store } from './store.ts';

/** Budgets that nobody else changes meanwhile. */
export type BudgetView = {
  get: (scope: string) => GuardBudgetsTable | undefined;
  set: (budget: GuardBudgetsTable) => void;
};

/**
 * Has `work` look at the budgets of these scopes, and change them: at once, whole, and one after the other, in all
 * processes. It may run again where the database undid what it wrote.
 */
export type Ledger = <T>(scopes: readonly string[], work: (budgets: BudgetView) => T) => Promise<T>;

/** Budgets of the last few thousand sends; others are read again. */
const mostHeld = 10_000;
/** Each name takes a lock of the server, which has room for some thousands. */
const mostTogether = 32;

/** Where the database is of one process alone, its memory has the last word; else the database has, for many at once. */
export const createLedger = (store: Store): Ledger =>
  store.exclusively ? inBatches(store, store.exclusively) : inMemory(store);

/** Written with the next write of others, 50 ms later at most: a crash forgets as much. */
function inMemory(store: Store): Ledger {
  const held = new LRUCache<string, GuardBudgetsTable>({ max: mostHeld });
  const unwritten = new Map<string, GuardBudgetsTable>();
  let isScheduled = false;
  let failure: { error: unknown } | undefined;

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    let rows: GuardBudgetsTable[] = [];
    const take = () => {
      isScheduled = false;
      rows = [...unwritten.values()];
      return writeBudgets(store, rows);
    };
    const forget = () => {
      for (const row of rows) if (unwritten.get(row.scope) === row) unwritten.delete(row.scope);
    };
    store.eventually(take, []).then(forget, (error: unknown) => {
      failure = { error };
    });
  }

  return async (scopes, work) => {
    if (failure) {
      const { error } = failure;
      failure = undefined;
      schedule();
      throw error;
    }
    const now = (scope: string) => held.get(scope) ?? unwritten.get(scope);
    const missing = scopes.filter((scope) => now(scope) === undefined);
    const found = missing.length > 0 ? await listBudgets(store, missing) : [];
    const read = new Map(found.map((row) => [row.scope, row]));
    return work({
      get: (scope) => now(scope) ?? read.get(scope),
      set(row) {
        held.set(row.scope, row);
        unwritten.set(row.scope, row);
        schedule();
      },
    });
  };
}

type Waiting = {
  scopes: readonly string[];
  run: (budgets: BudgetView) => void;
  resolve: () => void;
  reject: (error: unknown) => void;
};

/**
 * What comes while a transaction is under way goes with the next: a row that everybody wants is locked once for many
 * sends, and only between reading and writing it.
 */
function inBatches(store: Store, exclusively: NonNullable<Store['exclusively']>): Ledger {
  let waiting: Waiting[] = [];
  let isRunning = false;

  async function runAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, mostTogether);
      waiting = waiting.slice(mostTogether);
      const scopes = [...new Set(batch.flatMap(({ scopes }) => scopes))];
      try {
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
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isRunning = false;
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
