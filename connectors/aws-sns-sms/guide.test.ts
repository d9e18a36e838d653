import { guideRows, refusalRows } from '@sesame/connector-kit/connector-test';
import { expect, test } from 'vitest';
import { refusals } from './refusals.ts';

test('the guide tells every error code with its kind', async () => {
  const rows = await guideRows(import.meta.dirname, /^\| `([^`]+)` +\| (\w+) +\|/gm, 'Errors');
  expect(rows).toEqual(refusalRows(refusals));
});
