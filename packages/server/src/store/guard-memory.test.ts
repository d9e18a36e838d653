import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newMigratedLocation } from '../../../../test/setup/stores.ts';
import type { BudgetView, Ledger } from './guard-budgets.ts';
import { createLedger, inBatches } from './guard-ledger.ts';
import { budgetsInMemory } from './guard-memory.ts';
import { openStore, type Store } from './store.ts';
import type { GuardBudgetsTable } from './tables/guard.ts';

let place: Awaited<ReturnType<typeof newMigratedLocation>>;
let store: Store;
beforeEach(async () => {
  place = await newMigratedLocation('SQLite');
  store = await openStore(place.location);
});
afterEach(async () => {
  await store.close();
  await place.remove();
});

const budget = (scope: string, level: number): GuardBudgetsTable => ({
  ...{ scope, level, leak_ms: 1000, sent: 1, verified: 2, recent: 3, elsewhere: 4, turned_away: 5, let_in: 6 },
  ...{ passed: 7, failed: 8, closures: 9, closed_until: 10, verified_at: null, updated_at: 11, kept_until: 12 },
});
type Room = { mostInJournal: number; mostUnwritten: number };
const ledgerInMemory = (of: Store, room: Room) => inBatches(budgetsInMemory(of, room));
const count = async (table: 'guard_journal' | 'guard_budgets') => {
  const { rows } = await store.db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('rows'))
    .executeTakeFirstOrThrow();
  return rows;
};
const written = () => createLedger(store)(['country:DE'], ({ get }) => get('country:DE'));

test('a change is in the journal, and in its table after a thousand others', async () => {
  const ledger = createLedger(store);
  const change = async (index: number) => {
    await ledger(['country:DE', `number:${index}`], ({ set }) => {
      set(budget('country:DE', index));
      set(budget(`number:${index}`, 1));
    });
    await store.flush();
  };
  await change(1);
  expect([await count('guard_journal'), await count('guard_budgets')]).toEqual([1, 0]);
  expect(await written()).toEqual(budget('country:DE', 1));
  for (let index = 2; index <= 1002; index += 1) await change(index);
  for (let turn = 0; turn < 20; turn += 1) await store.flush();
  expect(await count('guard_journal')).toBeLessThan(30);
  expect(await count('guard_budgets')).toBeGreaterThan(1000);
  expect(await written()).toEqual(budget('country:DE', 1002));
});

test('what many change until the next transaction is one row of the journal', async () => {
  const ledger = createLedger(store);
  const change = (index: number) => ledger([`number:${index}`], ({ set }) => set(budget(`number:${index}`, 1)));
  const setting = store.db.insertInto('settings').values({ name: 'a send', value: '{}', updated_at: 1 }).compile();
  const changeAndSend = async (index: number) => {
    await change(index);
    if (index === 0) await store.atomically([setting]);
  };
  await Promise.all([0, 1, 2, 3].map(changeAndSend));
  await store.flush();
  expect(await count('guard_journal')).toBe(1);
});

test('more budgets than memory is for go to their table, whatever the journal has room for', async () => {
  const ledger = createLedger(store);
  const scopes = Array.from({ length: 10_001 }, (_, index) => `number:${index}`);
  await ledger([], ({ set }) => {
    for (const scope of scopes) set(budget(scope, 1));
  });
  await store.flush();
  for (let turn = 0; turn < 100; turn += 1) await store.flush();
  expect([await count('guard_journal'), await count('guard_budgets')]).toEqual([0, 10_001]);
});

test('budgets go to their table as fast as they come, however many come with each transaction', async () => {
  const ledger = ledgerInMemory(store, { mostInJournal: 1000, mostUnwritten: 500 });
  for (let step = 0; step < 40; step += 1) {
    await ledger([], ({ set }) => {
      for (let index = 0; index < 500; index += 1) set(budget(`number:${step}/${index}`, 1));
    });
    await store.atomically([]);
  }
  expect(await count('guard_budgets')).toBeGreaterThan(40 * 500 - 5000);
});

test('where a change could not be written the next one says so, and both are written after', async () => {
  const ledger = createLedger(store);
  const change = (level: number) => ledger(['country:DE'], ({ set }) => set(budget('country:DE', level)));
  await change(0);
  await store.flush();
  await store.db.schema.alterTable('guard_journal').renameTo('elsewhere').execute();
  await change(1);
  await store.flush();
  await expect(change(2)).rejects.toThrow('guard_journal');
  await store.db.schema.alterTable('elsewhere').renameTo('guard_journal').execute();
  await change(3);
  await store.flush();
  expect(await written()).toEqual(budget('country:DE', 3));
});

test('memory, journal and table tell what a plain map does, whenever they are written to their table', async () => {
  const ledger = ledgerInMemory(store, { mostInJournal: 5, mostUnwritten: 70 });
  const told = new Map<string, GuardBudgetsTable>();
  const differing: string[] = [];
  for (let step = 0; step < 150; step += 1) {
    const scopes = Array.from({ length: 40 }, (_, index) => `number:${(step * 7919 + index * index * 31) % 400}`);
    await ledger(scopes, ({ get, set }) => {
      for (const scope of new Set(scopes)) {
        if (JSON.stringify(get(scope)) !== JSON.stringify(told.get(scope))) differing.push(`${scope} in step ${step}`);
        const row = { ...budget(scope, step), verified_at: step % 3 ? step : null };
        set(row);
        told.set(scope, row);
      }
    });
    if (step % 4) await store.flush();
  }
  await store.flush();
  expect(differing).toEqual([]);
  const scopes = [...told.keys()];
  expect(await createLedger(store)(scopes, ({ get }) => scopes.map(get))).toEqual([...told.values()]);
});

test('whoever has to read a budget sees what others make of it meanwhile', async () => {
  const raise = (ledger: Ledger, also: string[]) =>
    ledger(['country:DE', ...also], ({ get, set }) => {
      set(budget('country:DE', (get('country:DE')?.level ?? 0) + 1));
    });
  const room = { mostInJournal: 1000, mostUnwritten: 0 };
  await raise(ledgerInMemory(store, room), []);
  for (let turn = 0; turn < 3; turn += 1) await store.flush();
  expect(await count('guard_budgets')).toBe(1);
  const ledger = ledgerInMemory(store, room);
  await Promise.all([raise(ledger, []), raise(ledger, ['number:1']), raise(ledger, ['number:2'])]);
  expect(await ledger(['country:DE'], ({ get }) => get('country:DE')?.level)).toBe(4);
});

test('the table is not read for names that nobody has used, once it was written', async () => {
  const change = (ledger: Ledger, scopes: string[]) =>
    ledger(scopes, ({ get, set }) => {
      const before = scopes.map(get);
      for (const scope of scopes) set(budget(scope, 1));
      return before;
    });
  const devices = (from: number, length = 5) => Array.from({ length }, (_, index) => `device:${from + index}`);
  const fold = async (ledger: Ledger, from: number) => {
    await change(ledger, devices(from));
    await store.flush();
    // It waits for the next time.
    await change(ledger, [`device:${from + 5}`]);
    for (let turn = 0; turn < 10; turn += 1) await store.flush();
  };
  const room = { mostInJournal: 1000, mostUnwritten: 4 };
  await fold(ledgerInMemory(store, room), 0);
  const asked: unknown[] = [];
  const run: Store['run'] = (query) => {
    asked.push(...query.parameters.filter((name) => name !== ''));
    return store.run(query);
  };
  const ledger = ledgerInMemory({ ...store, run }, room);
  await fold(ledger, 10);
  // Names are read from the table on a thread of its own.
  const isRead = async () => {
    asked.length = 0;
    await change(ledger, [`device:new-${performance.now()}`]);
    expect(asked).toEqual([]);
  };
  await vi.waitFor(isRead, { timeout: 60_000 });
  // Those of the last times are still in memory.
  for (const from of [20, 30, 40, 50, 60]) await fold(ledger, from);
  expect(asked).toEqual([]);
  const written = [...devices(0), ...devices(10, 6), ...devices(20)];
  const known = [undefined, ...written.map((scope) => budget(scope, 1))];
  expect(await change(ledger, ['device:9', ...written])).toEqual(known);
  expect(asked.toSorted()).toEqual(written.toSorted());
});

test('what could not be written to its table stays in memory, with what became of it meanwhile', async () => {
  const ledger = ledgerInMemory(store, { mostInJournal: 1000, mostUnwritten: 2 });
  const change = (level: number, scopes: string[], isOwed = true) => {
    const work = ({ set }: BudgetView) => {
      for (const scope of scopes) set(budget(scope, level));
    };
    return ledger(scopes, work, isOwed);
  };
  const rename = (from: string, to: string) => store.db.schema.alterTable(from).renameTo(to).execute();
  await change(1, ['number:1', 'number:2', 'number:3']);
  await rename('guard_budgets', 'elsewhere');
  for (let level = 2; level < 10; level += 1) {
    await change(level, ['number:3']);
    // A write that somebody waits for takes along what is to be written, one group after the other.
    await store.atomically([]);
  }
  await expect(change(10, ['number:3'], false)).rejects.toThrow('guard_budgets');
  expect(await ledger(['number:1', 'number:3'], ({ get }) => [get('number:1'), get('number:3')])).toEqual([
    budget('number:1', 1),
    budget('number:3', 9),
  ]);
  await rename('elsewhere', 'guard_budgets');
});
