import { expect, test } from 'vitest';
import { remember } from './remember.ts';

test('asks once for the last so many, and again for those long before', () => {
  const asked: string[] = [];
  const read = remember(2, (text: string) => {
    asked.push(text);
    return text === 'nothing' ? undefined : text.length;
  });
  expect(['a', 'nothing', 'nothing', 'a'].map((text) => read(text))).toEqual([1, undefined, undefined, 1]);
  expect(asked).toEqual(['a', 'nothing']);
  for (const text of ['b', 'a', 'b', 'a']) read(text);
  expect(asked).toEqual(['a', 'nothing', 'b']);
  for (const text of ['c', 'd', 'nothing']) read(text);
  expect(asked.slice(3)).toEqual(['c', 'd', 'nothing']);
});

test('tells one text from two', () => {
  const read = remember(10, (...texts: (string | undefined)[]) => texts);
  const all = [['a', 'b'], ['a\nb'], ['a","b'], ['["a","b"]'], ['a\nb', undefined]];
  for (const _ of ['asked', 'remembered']) expect(all.map((texts) => read(...texts))).toEqual(all);
});
