import { expect, test } from 'vitest';
import { errorCatalogue } from '../../../server/src/errors.ts';
import { shell } from '../i18n/en/shell.ts';

test('every error that the Console has words for is one of the server, or its silence', () => {
  const codes = Object.entries(shell.errors.codes).flatMap(([room, texts]) =>
    Object.keys(texts).map((name) => `${room}.${name}`),
  );
  expect(codes.length).toBeGreaterThan(10);
  const unknown = codes.filter((code) => !Object.hasOwn(errorCatalogue, code));
  expect(unknown).toEqual(['network.unreachable']);
});
