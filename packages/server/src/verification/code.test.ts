import { createSecretKey, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { codeOf, digestCode } from './code.ts';

const purpose = { flow: 'flow', recipient: '+86', usageType: 'SignIn', length: 6 };
const newKey = () => createSecretKey(randomBytes(32));

test('a code has its length, and depends on the key, the seed, and all that it is for', () => {
  const key = newKey();
  for (const length of [4, 5, 6]) {
    const codes = Array.from({ length: 200 }, (_, seed) => codeOf(key, { ...purpose, length }, String(seed)));
    expect(codes.every((code) => new RegExp(`^\\d{${length}}$`).test(code))).toBe(true);
    // Zeros in front are kept: of 200 codes, one in a thousand million runs has none.
    expect(codes.some((code) => code.startsWith('0'))).toBe(true);
  }
  // Six digits may be the same by chance; of 100 seeds each, hardly more than one is.
  const differing = (other: (seed: string) => string) =>
    Array.from({ length: 100 }, (_, seed) => String(seed)).filter((seed) => codeOf(key, purpose, seed) !== other(seed));
  expect(differing((seed) => codeOf(key, purpose, seed))).toEqual([]);
  for (const other of [{ flow: 'other' }, { recipient: '+87' }, { usageType: 'Register' }]) {
    expect(differing((seed) => codeOf(key, { ...purpose, ...other }, seed)).length).toBeGreaterThan(95);
  }
  expect(differing((seed) => codeOf(newKey(), purpose, seed)).length).toBeGreaterThan(95);
  expect(differing((seed) => codeOf(key, purpose, `${seed}.`)).length).toBeGreaterThan(95);
});

test('every digit is as likely in every place (chi-squared over 20,000 codes, far beyond chance)', () => {
  const key = newKey();
  const counts = Array.from({ length: 6 }, () => new Array<number>(10).fill(0));
  for (let seed = 0; seed < 20_000; seed += 1) {
    [...codeOf(key, purpose, String(seed))].forEach((digit, place) => {
      const row = counts[place];
      if (row) row[Number(digit)] = (row[Number(digit)] ?? 0) + 1;
    });
  }
  for (const row of counts) {
    const chiSquared = row.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    // Nine degrees of freedom: less than one run in a million million exceeds it.
    expect(chiSquared).toBeLessThan(75);
  }
});

test('a digest depends on the key, the flow, the recipient and the code, and on where one ends and the next begins', () => {
  const [key, other] = [createSecretKey(randomBytes(32)), createSecretKey(randomBytes(32))];
  const digests = [
    digestCode(key, 'flow', '+86', '123456'),
    digestCode(other, 'flow', '+86', '123456'),
    digestCode(key, 'flow2', '+86', '123456'),
    digestCode(key, 'flow', '+87', '123456'),
    digestCode(key, 'flow', '+86', '123457'),
    digestCode(key, 'flow+', '86', '123456'),
  ];
  expect(new Set(digests).size).toBe(digests.length);
  expect(digestCode(key, 'flow', '+86', '123456')).toBe(digests[0]);
});
