import { expect, test } from 'vitest';
import { isSameAt } from './same-at.ts';

const uris = 'oidcClientMetadata.redirectUris';
const words = { de: { 'signIn.title': 'Komm', 'code.title': 'Kode' } };

test.each<[string, string, unknown, unknown, boolean]>([
  ['name', 'name', 'a', 'b', false],
  [`${uris}.1`, 'redirectUris', ['a', 'b'], ['c', 'b'], true],
  [`${uris}.0`, 'redirectUris', ['a', 'b'], ['c', 'b'], false],
  [`${uris}.1`, 'redirectUris', ['a', 'b'], ['b'], false],
  ['phrases.de.signIn.title', 'phrases', words, { de: { ...words.de, 'code.title': 'Code' } }, true],
  ['phrases.de.code.title', 'phrases', words, { de: { ...words.de, 'code.title': 'Code' } }, false],
  ['phrases.de.code.title', 'phrases', words, { de: {} }, false],
])('whether what %s is about is as it was when %s changes from %j to %j: %s', (path, field, before, after, is) => {
  expect(isSameAt(path, field, before, after)).toBe(is);
});
