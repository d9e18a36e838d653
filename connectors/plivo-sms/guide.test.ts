import { guideRows, refusalRows } from '@sesame/connector-kit/connector-test';
import { expect, test } from 'vitest';
import { notANumber, refusalsByStatus, refusalsByWords } from './refusals.ts';

test('the guide tells every refusal with its kind', async () => {
  const rows = await guideRows(import.meta.dirname, /^\| (?:400 )?“?([a-z0-9]+(?: [a-z0-9]+)*)”? +\| (\w+) +\|/gm);
  expect(rows).toEqual(refusalRows(refusalsByStatus, refusalsByWords, [['not a valid phone number', notANumber]]));
});
