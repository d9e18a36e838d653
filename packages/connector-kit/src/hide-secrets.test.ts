import { expect, test } from 'vitest';
import { hideSecrets } from './hide-secrets.ts';

test('hides each secret wherever it stands, and nothing else', () => {
  expect(hideSecrets('key by 123456, key and 42', ['key', 42, '', undefined, { code: 'by' }])).toBe(
    '[hidden] by 123456, [hidden] and [hidden]',
  );
});

test('hides a text as a whole, not only the code in it', () => {
  expect(hideSecrets('"Your code: 123456" refused', ['123456', 'Your code: 123456'])).toBe('"[hidden]" refused');
});

test('leaves no half of a secret where it cuts', () => {
  expect(hideSecrets('123 swordfish', ['swordfish'], 7)).toBe('123 [hi');
  expect(hideSecrets('x'.repeat(600), [])).toHaveLength(500);
});
