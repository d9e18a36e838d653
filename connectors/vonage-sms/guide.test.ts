import { guideRows, refusalRows } from '@sesame/connector-kit/connector-test';
import { expect, test } from 'vitest';
import { refusals } from './refusals.ts';

test('the guide tells every status with its kind', async () => {
  const rows = await guideRows(import.meta.dirname, /^\| (\d+) +\| (\w+) +\|/gm);
  expect(rows).toEqual(refusalRows(refusals));
});
