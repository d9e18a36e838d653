import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hmacOf } from './hmac.ts';

/** RFC 4231, sections 4.2, 4.3 and 4.7; the last key is longer than a block. */
test.each([
  ['0b'.repeat(20), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  ['4a656665', 'what do ya want for nothing?', '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
  [
    'aa'.repeat(131),
    'Test Using Larger Than Block-Size Key - Hash Key First',
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  ],
])('is the one of the standard for the key %s', (key, text, expected) => {
  expect(hmacOf(createSecretKey(key, 'hex'), text).toString('hex')).toBe(expected);
});

test('is the one that Node makes, of any text, whatever came before', () => {
  const keys = [32, 64, 65].map((bytes) => createSecretKey(randomBytes(bytes)));
  const texts = fc.string({ unit: 'binary', maxLength: 1500, size: 'max' });
  fc.assert(
    fc.property(fc.constantFrom(...keys), texts, (key, text) => {
      expect(hmacOf(key, text)).toEqual(createHmac('sha256', key).update(text).digest());
    }),
  );
  const [key = createSecretKey(randomBytes(32))] = keys;
  for (const bytes of [0, 1023, 1024, 1025, 1, 512]) {
    const text = 'a'.repeat(bytes);
    expect(hmacOf(key, text)).toEqual(createHmac('sha256', key).update(text).digest());
  }
});
