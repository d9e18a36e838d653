import { createSecretKey, randomBytes, randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { digestCode, newCode } from './code.ts';

test('a code has its length, zeros in front included', () => {
  expect(newCode(6, { randomInt: () => 42 })).toBe('000042');
  expect(newCode(4, { randomInt: () => 9999 })).toBe('9999');
});

test('codes are drawn from the whole range', () => {
  const limits: number[] = [];
  const record = (limit: number) => {
    limits.push(limit);
    return 0;
  };
  for (const length of [4, 5, 6]) newCode(length, { randomInt: record });
  expect(limits).toEqual([10_000, 100_000, 1_000_000]);
});

test('every digit is as likely in every place (chi-squared over 20,000 codes, far beyond chance)', () => {
  const counts = Array.from({ length: 6 }, () => new Array<number>(10).fill(0));
  for (let draws = 0; draws < 20_000; draws += 1) {
    [...newCode(6, { randomInt: (limit) => randomInt(limit) })].forEach((digit, place) => {
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
