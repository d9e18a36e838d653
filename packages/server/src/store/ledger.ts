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
