import { ledgerInBatches } from './guard-batches.ts';
import type { Ledger } from './guard-budgets.ts';
import { ledgerInMemory } from './guard-memory.ts';
import type { Store } from './store.ts';

/** Where the database is of one process alone, its memory has the last word; else the database has, for many at once. */
export const createLedger = (store: Store): Ledger =>
  store.exclusively ? ledgerInBatches(store, store.exclusively) : ledgerInMemory(store);
