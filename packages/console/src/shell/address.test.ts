import { expect, test } from 'vitest';
import { addressOf, oneOf, oneOfNamed } from './address.ts';

test('what is not known is taken out of an address, not left as it was typed', () => {
  const read = addressOf((search) => oneOfNamed('days', [7, 30], search));
  // The router puts what is read on top of what was typed.
  const shown = (typed: Record<string, unknown>) => ({ ...typed, ...read(typed) });
  expect(shown({ days: 5, other: 'x' })).toEqual({ days: undefined, other: undefined });
  expect(shown({ days: 'x' })).toEqual({ days: undefined });
  expect(shown({ days: '7' })).toEqual({ days: 7 });
});

test.each([[true], [['7']], [{}], [null], [undefined], [''], ['07'], [7.5]])('%j is none of the periods', (value) => {
  expect(oneOf([1, 7], value)).toBeUndefined();
});
