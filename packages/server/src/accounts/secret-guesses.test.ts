import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { platform as testPlatform } from '../../../../test/setup/platform.ts';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import type { Store } from '../store/store.ts';
import { createSecretGuesses, maxWrongSecrets } from './secret-guesses.ts';

const quarter = 15 * 60_000;

describe.each(databases)('secrets of applications on %s', (database) => {
  let store: Store;
  let now: number;
  beforeEach(async () => {
    store = await newStore(database);
    now = 1_800_000_000_000;
  });
  afterEach(() => store.close());

  /** A process of a server. */
  const newProcess = () => createSecretGuesses({ store, platform: { ...testPlatform, now: () => now } });
  const from = (address: string, application = 'shop') => ({ application, address });
  const answer = (isRight: boolean) => ({ now: () => isRight, anew: async () => isRight });
  const [right, wrong] = [answer(true), answer(false)];
  const guess = (judge: ReturnType<typeof newProcess>, address: string, count: number) =>
    Promise.all(Array.from({ length: count }, () => judge(from(address), wrong)));
  const waiting = (seconds: number) => ({ retryAfterSeconds: seconds });

  test('wrong ones count by address and network, for each application, in all processes, for a quarter of an hour', async () => {
    const [judge, another] = [newProcess(), newProcess()];
    const outcomes = await Promise.all([judge, another].map((one) => guess(one, '192.0.2.7', maxWrongSecrets)));
    expect(outcomes.flat().filter((outcome) => outcome === 'wrong')).toHaveLength(maxWrongSecrets);
    now += 60_000;
    expect(await another(from('192.0.2.7'), right)).toEqual(waiting(14 * 60));
    expect(await judge(from('192.0.2.7', 'another'), right)).toBe('right');
    for (const host of [8, 9, 10]) await guess(judge, `192.0.2.${host}`, maxWrongSecrets);
    expect(await another(from('192.0.2.99'), right)).toEqual(waiting(14 * 60));
    expect(await another(from('198.51.100.1'), right)).toBe('right');
    now += quarter;
    expect(await judge(from('192.0.2.7'), right)).toBe('right');
  });

  test('strangers nearby keep no application out of where it is at home, also where that was seen by another process', async () => {
    const home = from('2001:db8:1:1::7');
    const judge = newProcess();
    expect(await judge(home, right)).toBe('right');
    const nearby = Array.from({ length: 4 * maxWrongSecrets }, (_, index) => `2001:db8:1:${index % 8}::9`);
    for (const address of nearby) await judge(from(address), wrong);
    expect(await judge(from('2001:db8:1:99::1'), right)).toEqual(waiting(900));
    expect(await judge(home, right)).toBe('right');
    const another = newProcess();
    expect(await another(home, right)).toBe('right');
    const [atOne, atOther] = await Promise.all(
      [judge, another].map((one) => guess(one, home.address, maxWrongSecrets)),
    );
    expect([atOne, atOther].flat().filter((outcome) => outcome === 'wrong')).toHaveLength(maxWrongSecrets);
    expect(await newProcess()(home, right)).toEqual(waiting(900));
    now += quarter;
    expect(await judge(home, right)).toBe('right');
  });

  test('right ones at once are all taken, at home none touches the database, and one that another process has just made is no guess', async () => {
    const judge = newProcess();
    const many = await Promise.all(Array.from({ length: 2 * maxWrongSecrets }, () => judge(from('192.0.2.7'), right)));
    expect(many.filter((outcome) => outcome === 'right')).toHaveLength(many.length);
    const looked = vi.spyOn(store, 'atomically');
    expect(await judge(from('192.0.2.7'), right)).toBe('right');
    expect(looked).not.toHaveBeenCalled();
    looked.mockRestore();
    const made = { now: () => false, anew: async () => true };
    for (let count = 0; count < 2 * maxWrongSecrets; count += 1) {
      expect(await judge(from('192.0.2.7'), made)).toBe('right');
    }
  });
});
