import { expect, test } from 'vitest';
import { purposes } from './purposes.ts';
import { deriveSecretKeys } from './secret-keys.ts';

const [p, q] = [purposes.connectorConfig(), purposes.signingKey()];
const keys = deriveSecretKeys('a secret key of more than 32 characters');

test('what is encrypted comes back, and is never the same twice', () => {
  const encrypted = [keys.encrypt('{"authToken":"ü"}', p), keys.encrypt('{"authToken":"ü"}', p)];
  expect(encrypted[0]).not.toBe(encrypted[1]);
  expect(encrypted.map((text) => keys.decrypt(text, p))).toEqual(['{"authToken":"ü"}', '{"authToken":"ü"}']);
});

test('another key, another purpose and a changed or cut text are refused', () => {
  const encrypted = keys.encrypt('secret', p);
  const changed = Buffer.from(encrypted, 'base64');
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  expect(() => deriveSecretKeys('another secret key, just as long').decrypt(encrypted, p)).toThrow();
  expect(() => keys.decrypt(encrypted, q)).toThrow();
  expect(() => keys.decrypt(changed.toString('base64'), p)).toThrow();
  expect(() => keys.decrypt(encrypted.slice(0, 20), p)).toThrow();
});

test('the keys for different purposes differ', () => {
  expect(keys.codes.equals(keys.cookies)).toBe(false);
});
