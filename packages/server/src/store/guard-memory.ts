import { LRUCache } from 'lru-cache';
import { selectBudgets, writeBudgets } from './guard-budgets.ts';
import { appendToJournal, budgetsOf, cutJournal, selectJournal } from './guard-journal.ts';
import type { Ledger } from './guard-ledger.ts';
import type { Store } from './store.ts';
import type { GuardBudgetsTable } from './tables/guard.ts';

/** Budgets of the last few thousand sends; others are read again. */
const mostHeld = 10_000;
/** So many rows of the journal are read again at a start, and so many budgets wait for their table. */
const [mostInJournal, mostUnwritten] = [1000, 10_000];
/** Nobody notices so many being written at once. */
const mostAtOnce = 128;

/**
 * Budgets of a process that has the database to itself: nobody waits for the disk. What they become goes in the journal
 * with the next transaction, 50 ms later at most, and so not after the send that they were charged for.
 */
export function ledgerInMemory(store: Store): Ledger {
  /** What the table tells. */
  const held = new LRUCache<string, GuardBudgetsTable>({ max: mostHeld });
  /** What the table does not tell yet, and of that, what the journal does not either. */
  const unwritten = new Map<string, GuardBudgetsTable>();
  let unjournaled = new Map<string, GuardBudgetsTable>();
  let lastId = 0;
  let cutId = 0;
  let isScheduled = false;
  let isFolding = false;
  let failure: { error: unknown } | undefined;
  let opening: Promise<void> | undefined;
  let isOpen = false;

  async function open(): Promise<void> {
    const entries = await store.run(selectJournal(store));
    for (const budget of budgetsOf(entries)) unwritten.set(budget.scope, budget);
    cutId = entries[0]?.id ?? 0;
    lastId = entries.at(-1)?.id ?? 0;
    isOpen = true;
  }

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    let budgets = unjournaled;
    const take = () => {
      isScheduled = false;
      budgets = unjournaled;
      unjournaled = new Map();
      lastId += 1;
      return [appendToJournal(store, lastId, [...budgets.values()])];
    };
    store.ahead(take).then(
      () => {
        const isDue = lastId - cutId > mostInJournal || unwritten.size > mostUnwritten;
        if (isDue && !isFolding) void fold();
      },
      (error: unknown) => {
        failure = { error };
        // Each row tells what its budgets have become, so that what came later goes before.
        unjournaled = new Map([...budgets, ...unjournaled]);
      },
    );
  }

  /** Writes the budgets to their table, a few at a time, and then cuts the journal off. */
  async function fold(): Promise<void> {
    isFolding = true;
    const upTo = lastId;
    // Next to each other in the table.
    const scopes = [...unwritten.keys()].sort();
    try {
      for (let from = 0; from < scopes.length; from += mostAtOnce) {
        const some = scopes.slice(from, from + mostAtOnce);
        let budgets: GuardBudgetsTable[] = [];
        const take = () => {
          budgets = some.flatMap((scope) => unwritten.get(scope) ?? []);
          return writeBudgets(store, budgets);
        };
        await store.ahead(take);
        for (const budget of budgets) {
          if (unwritten.get(budget.scope) !== budget) continue;
          unwritten.delete(budget.scope);
          held.set(budget.scope, budget);
        }
      }
      await store.eventually(cutJournal(store, upTo), []);
      cutId = upTo;
    } catch (error) {
      failure = { error };
    }
    isFolding = false;
  }

  return async (scopes, work, isOwed = false) => {
    if (!isOpen) {
      opening ??= open().catch((error) => {
        opening = undefined;
        throw error;
      });
      await opening;
    }
    if (failure && !isOwed) {
      const { error } = failure;
      failure = undefined;
      throw error;
    }
    const now = (scope: string) => unwritten.get(scope) ?? held.get(scope);
    const missing = scopes.filter((scope) => now(scope) === undefined);
    const found = missing.length > 0 ? await store.run(selectBudgets(store, missing)) : [];
    const read = new Map(found.map((row) => [row.scope, row]));
    return work({
      get: (scope) => now(scope) ?? read.get(scope),
      set(row) {
        unwritten.set(row.scope, row);
        unjournaled.set(row.scope, row);
        schedule();
      },
    });
  };
}
