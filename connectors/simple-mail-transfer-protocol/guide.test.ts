import { guideRows, refusalRows } from '@sesame/connector-kit/connector-test';
import { expect, test } from 'vitest';
import { enhancedCodes } from './refusals.ts';

test('the guide tells every enhanced code with its kind', async () => {
  expect(await guideRows(import.meta.dirname, /^\| `(5\.[\d.]+)` +\| (\w+) +\|/gm, 'Errors')).toEqual(
    refusalRows(enhancedCodes),
  );
});
