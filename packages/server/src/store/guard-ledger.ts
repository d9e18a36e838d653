import { ledgerInBatches } from './guard-batches.ts';
import { ledgerInMemory } from './guard-memory.ts';
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

/** Where the database is of one process alone, its memory has the last word; else the database has, for many at once. */
export const createLedger = (store: Store): Ledger =>
  store.exclusively ? ledgerInBatches(store, store.exclusively) : ledgerInMemory(store);
