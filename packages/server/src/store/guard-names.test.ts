import { afterEach, beforeEach, expect, test } from 'vitest';
import { newMigratedLocation } from '../../../../test/setup/stores.ts';
import { writeBudgets } from './guard-budgets.ts';
import { createNames } from './guard-names.ts';
import { openStore, type Store } from './store.ts';

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

const budget = (scope: string) => ({
  ...{ scope, level: 1, leak_ms: 1, sent: 1, verified: 0, recent: 0, elsewhere: 0, turned_away: 0, let_in: 0 },
  ...{ passed: 0, failed: 0, closures: 0, closed_until: 0, verified_at: null, updated_at: 1, kept_until: 1 },
});
/** As sends have them: blocks one after the other, and networks inside of each other. */
const namesFrom = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => index + from).flatMap((index) => [
    `block:+49151${String(index).padStart(5, '0')}`,
    `network:20.${index >> 8}.${index & 255}.7`,
    `network:20.${index >> 8}.${index & 255}.0/24`,
  ]);

test('what the table holds and what was added is known, and of all others nearly none is', async () => {
  const kept = namesFrom(0, 2500);
  await store.atomically(kept.flatMap((scope) => writeBudgets(store, [budget(scope)])));
  const names = createNames();
  await names.read(store);
  const added = namesFrom(2500, 20_000);
  for (const name of added) names.add(name);
  const mayHave = (name: string) => names.mayHave(name);
  expect(kept.every(mayHave)).toBe(true);
  expect(added.every(mayHave)).toBe(true);
  expect(namesFrom(30_000, 20_000).filter(mayHave).length).toBeLessThan(60);
});

test('until the table was read to its end, each name may be in it', async () => {
  const names = createNames();
  expect(names.mayHave('network:20.0.0.1')).toBe(true);
  const reading = names.read(store);
  expect(names.mayHave('network:20.0.0.1')).toBe(true);
  await reading;
  expect(names.mayHave('network:20.0.0.1')).toBe(false);
});

test('of numbers nothing shows: each may be in it', async () => {
  const names = createNames();
  await names.read(store);
  expect(names.mayHave('number:+4915112345678')).toBe(true);
});
