import { defaultTextLocales } from '@sesame/connector-kit';
import { languages } from '@sesame/pages/language';
import { expect, test } from 'vitest';

test('messages have texts in the languages that the pages are in', () => {
  expect([...defaultTextLocales].sort()).toEqual([...languages].sort());
});
