import { expect, test } from 'vitest';
import { findJsonProblem } from './json-problem.ts';

test.each([
  ['[\n  1,\n  2\n  3\n]', 4, 3, 'token'],
  ['[\n  {"a": "b",}\n]', 2, 13, 'token'],
  ['{"a": 1} x', 1, 10, 'after'],
  ['[\n1,\n', 2, 3, 'end'],
  ['', 1, 1, 'end'],
  ['["a\n"]', 1, 4, 'string'],
  ['["a', 1, 4, 'string'],
  ['["\\x"]', 1, 4, 'escape'],
])('finds the place and the reason in %j', (text, line, column, reason) => {
  expect(findJsonProblem(text)).toMatchObject({ line, column, reason });
});

test('has nothing to say about JSON', () => {
  expect(findJsonProblem('[{"a": "{{code}}"}]')).toBeUndefined();
});
