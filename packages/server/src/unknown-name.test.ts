import { expect, test } from 'vitest';
import { unknownName } from './unknown-name.ts';

const known = ['maxSendsPerAddress', 'sendWindow', 'endpoint', 'name'];

test.each([
  ['maxSendsPerAddres', 'maxSendsPerAddress'],
  ['MAXSENDSPERADDRESS', 'maxSendsPerAddress'],
  ['send_window', 'sendWindow'],
  ['endPoints', 'endpoint'],
  ['nmae', 'name'],
])('%s was probably meant to be %s', (name, meant) => {
  expect(unknownName(name, known)).toBe(`There is no "${name}" here; did you mean "${meant}"?`);
});

test('names all that are known where none is close', () => {
  expect(unknownName('host', known)).toBe(
    'There is no "host" here; there are maxSendsPerAddress, sendWindow, endpoint, name.',
  );
  expect(unknownName('host', [])).toBe('Nothing is taken here, so "host" is not.');
});

test('is short whatever was sent', () => {
  expect(unknownName('x'.repeat(100_000), known).length).toBeLessThan(200);
});
