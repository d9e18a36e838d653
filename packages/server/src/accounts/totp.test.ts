import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { totpCode } from '../../../../test/setup/totp.ts';
import { newTotpSecret, readTotpSecret, timeStepOf, totpUri } from './totp.ts';

/** The secret of RFC 6238, appendix B: the ASCII digits 12345678901234567890. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

// Appendix B shows eight digits; six are the last six of them.
test.each([
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
])('the code of second %d is the known one', (second, eightDigits) => {
  expect(timeStepOf(eightDigits.slice(2), secret, second * 1000)).toBe(Math.floor(second / 30));
  // What other tests type is judged by the same vectors.
  expect(totpCode(secret, second * 1000)).toBe(eightDigits.slice(2));
});

test('a code is good one step before and after its own, not further', () => {
  const at = (second: number) => timeStepOf('050471', secret, second * 1000);
  const step = Math.floor(1111111111 / 30);
  const begins = step * 30;
  expect([at(begins - 31), at(begins - 30), at(begins), at(begins + 59), at(begins + 60)]).toEqual([
    undefined,
    step,
    step,
    step,
    undefined,
  ]);
});

test.each(['', '05047', '0050471', 'abcdef', '０５０４７１'])('%j is no code', (code) => {
  expect(timeStepOf(code, secret, 1111111111_000)).toBeUndefined();
});

test('a new secret has as many bits as the HMAC, and its URI says all that an app needs', () => {
  const made = newTotpSecret({ randomBytes: (size) => Buffer.alloc(size, 7) });
  expect(made).toMatch(/^[A-Z2-7]{32}$/);
  const uri = new URL(totpUri(made, { issuer: 'Sesame (sign-in.example.com)', account: 'ali@baba' }));
  expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
    'otpauth:',
    'totp',
    '/Sesame (sign-in.example.com):ali@baba',
  ]);
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    issuer: 'Sesame (sign-in.example.com)',
    secret: made,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  });
});

test.each([
  ['gezd gnbv gy3t qojq', 'GEZDGNBVGY3TQOJQ'],
  [`${secret}==`, secret],
  ['A'.repeat(128), 'A'.repeat(128)],
  ['GEZDGNBVGY3TQOJ', undefined],
  ['GEZDGNBVGY3TQOJQG', undefined],
  ['GEZDGNBVGY3TQOJ1', undefined],
  ['GEZDGNBV=Y3TQOJQ', undefined],
  ['A'.repeat(136), undefined],
  ['', undefined],
])('%j of somebody else is %j', (given, read) => {
  expect(readTotpSecret(given)).toBe(read);
});

test('agrees with RFC 4226 worked out by hand', () => {
  const key = Buffer.alloc(20, 7);
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(60_000_000n);
  const mac = createHmac('sha1', key).update(counter).digest();
  const code = (mac.readUInt32BE((mac[19] ?? 0) & 15) & 0x7fffffff) % 1_000_000;
  const made = newTotpSecret({ randomBytes: () => key });
  expect(timeStepOf(String(code).padStart(6, '0'), made, 1_800_000_000_000)).toBe(60_000_000);
});
