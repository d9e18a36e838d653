import { json } from '@codemirror/lang-json';
import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import { entryAt } from './json-places.ts';

test.each([
  ['[{"a": 1}, {"b": [2]}]', '"a"', 0],
  ['[{"a": 1}, {"b": [2]}]', '2', 1],
  ['{"SignIn": {"html": "x"}, "Generic": {"html": "y"}}', '"x"', 0],
  ['{"SignIn": {"html": "x"}, "Generic": {"html": "y"}}', '"Generic"', 1],
  ['{"SignIn": {"html": "x"}, "Generic": {"html": "y"}}', '"y"', 1],
  ['"a"', '"a"', undefined],
  ['', '', undefined],
])('in %s, %s stands in entry %s', (doc, found, entry) => {
  const state = EditorState.create({ doc, extensions: [json()] });
  expect(entryAt(state, doc.indexOf(found))).toBe(entry);
});
