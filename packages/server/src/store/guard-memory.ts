import { selectBudgets, writeBudgets } from './guard-budgets.ts';
import { appendToJournal, budgetsOf, cutJournal, selectJournal } from './guard-journal.ts';
import type { KeptBudgets, Rows } from './guard-ledger.ts';
import { createNames } from './guard-names.ts';
import type { Store } from './store.ts';

/** So many rows of the journal are read again at a start, and so many budgets wait for their table. */
const usualRoom = { mostInJournal: 1000, mostUnwritten: 10_000 };
/** Nobody notices so many being written at once. */
const mostAtOnce = 128;

/**
 * Budgets of a process that has the database to itself: nobody waits for the disk. What they become goes in the journal
 * with the next transaction, 50 ms later at most, and so not after the send that they were charged for.
 */
export function budgetsInMemory(store: Store, { mostInJournal, mostUnwritten } = usualRoom): KeptBudgets {
  /** What the table does not tell yet. */
  let unwritten: Rows = new Map();
  /** What is being written to the table, or was last: it is likely to be asked for again. Others are read. */
  let written: Rows = new Map();
  /** What the journal does not tell yet. */
  let unjournaled: Rows = new Map();
  /** Of what the table holds, from when it was first written on. */
  let names: ReturnType<typeof createNames> | undefined;
  let lastId = 0;
  let cutId = 0;
  let isScheduled = false;
  let isFolding = false;
  let failure: { error: unknown } | undefined;
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
    let rows = unjournaled;
    const take = () => {
      isScheduled = false;
      rows = unjournaled;
      unjournaled = new Map();
      lastId += 1;
      return [appendToJournal(store, lastId, [...rows.values()])];
    };
    store.ahead(take).then(
      () => {
        const isDue = lastId - cutId > mostInJournal || unwritten.size > mostUnwritten;
        if (isDue && !isFolding) void fold();
      },
      (error: unknown) => {
        failure = { error };
        unjournaled = new Map([...rows, ...unjournaled]);
      },
    );
  }

  const known = (scope: string) => unwritten.get(scope) ?? written.get(scope);
  const rowsOf = (scopes: readonly string[]) => scopes.flatMap((scope) => known(scope) ?? []);

  /** Writes the budgets to their table, a few at a time, and then cuts the journal off. */
  async function fold(): Promise<void> {
    isFolding = true;
    const upTo = lastId;
    written = unwritten;
    unwritten = new Map();
    // Next to each other in the table.
    const scopes = [...written.keys()].sort();
    try {
      let before = 0;
      while (scopes.length > 0) {
        // More than have come since the last ones: memory would fill with those that wait.
        const some = scopes.splice(0, mostAtOnce + unwritten.size - before);
        before = unwritten.size;
        // What became of them meanwhile may as well be written.
        await store.ahead(() => writeBudgets(store, rowsOf(some)));
      }
      await store.eventually(cutJournal(store, upTo), []);
      cutId = upTo;
      if (!names) void learnNames();
    } catch (error) {
      failure = { error };
      // The table may not tell them.
      unwritten = new Map([...written, ...unwritten]);
      written = new Map();
    }
    isFolding = false;
  }

  /** Where it fails, budgets are read as before, and the next one tries again. */
  async function learnNames(): Promise<void> {
    names = createNames();
    for (const scope of unwritten.keys()) names.add(scope);
    await names.read(store).catch(() => {
      names = undefined;
    });
  }

  async function find(scopes: readonly string[]): Promise<Rows> {
    const found: Rows = new Map();
    const unread: string[] = [];
    for (const scope of scopes) {
      if (names && !names.mayHave(scope)) continue;
      const row = known(scope);
      if (row) found.set(scope, row);
      else unread.push(scope);
    }
    for (let from = 0; from < unread.length; from += mostAtOnce) {
      const rows = await store.run(selectBudgets(store, unread.slice(from, from + mostAtOnce)));
      for (const row of rows) found.set(row.scope, row);
    }
    return found;
  }

  return {
    mostTogether: mostAtOnce,
    async change(scopes, change) {
      if (!isOpen) await open();
      for (const row of change(await find(scopes))) {
        if (!unwritten.has(row.scope)) names?.add(row.scope);
        unwritten.set(row.scope, row);
        unjournaled.set(row.scope, row);
        schedule();
      }
    },
    complain() {
      const { error } = failure ?? {};
      failure = undefined;
      if (error !== undefined) throw error;
    },
  };
}
