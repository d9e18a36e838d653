import { expect, test } from 'vitest';
import { findJsonProblem } from './json-problem.ts';

test.each([
  ['[\n  1,\n  2\n  3\n]', 4, 3],
  ['[\n  {"a": "b",}\n]', 2, 13],
  ['{"a": 1} x', 1, 10],
  ['[\n1,\n', 2, 3],
  ['', 1, 1],
  ['["a\n"]', 1, 4],
])('finds the place in %j', (text, line, column) => {
  expect(findJsonProblem(text)).toMatchObject({ line, column, message: expect.not.stringMatching(/position|line/) });
});

test('has nothing to say about JSON', () => {
  expect(findJsonProblem('[{"a": "{{code}}"}]')).toBeUndefined();
});
