import { expect, test } from 'vitest';
import { createSecretGuesses, maxWrongSecrets } from './secret-guesses.ts';

const quarter = 15 * 60_000;

test('wrong secrets count by address and network, for each application, and are forgotten in a quarter of an hour', () => {
  let now = 1_800_000_000_000;
  const guesses = createSecretGuesses({ now: () => now });
  const from = (address: string, application = 'shop') => ({ application, address });
  const guess = (address: string, count: number) => {
    for (let index = 0; index < count; index += 1) guesses.countWrong(from(address));
  };
  guess('192.0.2.7', maxWrongSecrets - 1);
  expect(guesses.secondsToWait(from('192.0.2.7'))).toBe(0);
  now += 60_000;
  guess('192.0.2.7', 1);
  expect(guesses.secondsToWait(from('192.0.2.7'))).toBe(14 * 60);
  expect(guesses.secondsToWait(from('192.0.2.7', 'another'))).toBe(0);
  expect(guesses.secondsToWait(from('192.0.2.8'))).toBe(0);
  for (const host of [8, 9, 10]) guess(`192.0.2.${host}`, maxWrongSecrets);
  expect(guesses.secondsToWait(from('192.0.2.99'))).toBe(14 * 60);
  expect(guesses.secondsToWait(from('198.51.100.1'))).toBe(0);
  now += quarter;
  expect(guesses.secondsToWait(from('192.0.2.7'))).toBe(0);
});

test('strangers nearby keep no application out of where it is at home, and a right secret after all is no guess', () => {
  const guesses = createSecretGuesses({ now: () => 1_800_000_000_000 });
  const home = { application: 'shop', address: '2001:db8:1:1::7' };
  guesses.noteRight(home);
  for (let index = 0; index < 4 * maxWrongSecrets; index += 1) {
    guesses.countWrong({ application: 'shop', address: `2001:db8:1:${index % 8}::9` });
  }
  expect(guesses.secondsToWait({ application: 'shop', address: '2001:db8:1:99::1' })).toBe(900);
  expect(guesses.secondsToWait(home)).toBe(0);
  for (let index = 0; index < 3 * maxWrongSecrets; index += 1) guesses.countWrong(home)();
  expect(guesses.secondsToWait(home)).toBe(0);
  for (let index = 0; index < maxWrongSecrets; index += 1) guesses.countWrong(home);
  expect(guesses.secondsToWait(home)).toBe(900);
});
