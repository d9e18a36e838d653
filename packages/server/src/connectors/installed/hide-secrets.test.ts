import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMemoryOfSecrets, hiding } from './hide-secrets.ts';

const secret = 'pa"ss/w+rd ключ';
const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each([
  ['as it is', `Got ${secret}.`, 'Got •••.'],
  ['in a URL', `?key=${encodeURIComponent(secret)}&x`, '?key=•••&x'],
  ['in JSON', JSON.stringify({ key: secret }), '{"key":"•••"}'],
  ['in base64', `Basic ${base64(secret)}`, 'Basic •••'],
])('masks a secret %s', (_, text, shown) => {
  expect(hiding([secret])(text)).toBe(shown);
});

test('masks a secret in the base64 of whatever it is part of', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 6 }), fc.string(), (before, hidden, after) => {
      const encoded = base64(before + hidden + after);
      expect(hiding([hidden])(encoded)).not.toBe(encoded);
    }),
  );
});

test('leaves short values alone, which would mask too much', () => {
  expect(hiding(['', 'a', '123'])('a 123')).toBe('a 123');
});

test('remembers the secrets that were used last', () => {
  const memory = createMemoryOfSecrets();
  memory.learn(['first-secret']);
  memory.learn(['second-secret']);
  expect(memory.hide('first-secret second-secret')).toBe('••• •••');
  for (let count = 0; count < 300; count += 1) memory.learn([`secret-number-${count}`]);
  expect(memory.hide('first-secret secret-number-299')).toBe('first-secret •••');
});
