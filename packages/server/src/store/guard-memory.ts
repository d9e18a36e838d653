import { type Ledger, selectBudgets, writeBudgets } from './guard-budgets.ts';
import { appendToJournal, budgetsOf, cutJournal, selectJournal } from './guard-journal.ts';
import type { Store } from './store.ts';
import type { GuardBudgetsTable } from './tables/guard.ts';

/** So many rows of the journal are read again at a start, and so many budgets wait for their table. */
const usualRoom = { mostInJournal: 1000, mostUnwritten: 10_000 };
/** Nobody notices so many being written at once. */
const mostAtOnce = 128;

/**
 * Budgets of a process that has the database to itself: nobody waits for the disk. What they become goes in the journal
 * with the next transaction, 50 ms later at most, and so not after the send that they were charged for.
 */
export function ledgerInMemory(store: Store, { mostInJournal, mostUnwritten } = usualRoom): Ledger {
  /** What the table does not tell yet. */
  let unwritten = new Map<string, GuardBudgetsTable>();
  /** What is being written to the table, or was last: it is likely to be asked for again. Others are read. */
  let written = new Map<string, GuardBudgetsTable>();
  /** Whose changes the journal does not tell yet. */
  let unjournaled = new Set<string>();
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
    let scopes = unjournaled;
    const take = () => {
      isScheduled = false;
      scopes = unjournaled;
      unjournaled = new Set();
      lastId += 1;
      return [appendToJournal(store, lastId, rowsOf(scopes))];
    };
    store.ahead(take).then(
      () => {
        const isDue = lastId - cutId > mostInJournal || unwritten.size > mostUnwritten;
        if (isDue && !isFolding) void fold();
      },
      (error: unknown) => {
        failure = { error };
        for (const scope of scopes) unjournaled.add(scope);
      },
    );
  }

  const known = (scope: string) => unwritten.get(scope) ?? written.get(scope);
  const rowsOf = (scopes: Iterable<string>) => [...scopes].flatMap((scope) => known(scope) ?? []);

  /** Writes the budgets to their table, a few at a time, and then cuts the journal off. */
  async function fold(): Promise<void> {
    isFolding = true;
    const upTo = lastId;
    written = unwritten;
    unwritten = new Map<string, GuardBudgetsTable>();
    // Next to each other in the table.
    const scopes = [...written.keys()].sort();
    try {
      for (let from = 0; from < scopes.length; from += mostAtOnce) {
        const some = scopes.slice(from, from + mostAtOnce);
        // What became of them meanwhile may as well be written.
        await store.ahead(() => writeBudgets(store, rowsOf(some)));
      }
      await store.eventually(cutJournal(store, upTo), []);
      cutId = upTo;
    } catch (error) {
      failure = { error };
      // The table may not tell them.
      unwritten = new Map([...written, ...unwritten]);
      written = new Map();
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
    // The next ones may be being written by the time that the others are read.
    const before = written;
    const missing = scopes.filter((scope) => !unwritten.has(scope) && !before.has(scope));
    const found = missing.length > 0 ? await store.run(selectBudgets(store, missing)) : [];
    const read = new Map(found.map((row) => [row.scope, row]));
    return work({
      get: (scope) => known(scope) ?? before.get(scope) ?? read.get(scope),
      set(row) {
        unwritten.set(row.scope, row);
        unjournaled.add(row.scope);
        schedule();
      },
    });
  };
}
