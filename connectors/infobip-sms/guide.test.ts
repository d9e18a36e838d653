import { guideRows, refusalRows } from '@sesame/connector-kit/connector-test';
import { expect, test } from 'vitest';
import { messageRefusals, requestRefusals } from './refusals.ts';

test('the guide tells every status of a message with its number and kind', async () => {
  const statuses = [...messageRefusals].map(([id, { name, kind }]) => `${name} ${id} ${kind}`);
  expect(await guideRows(import.meta.dirname, /^\| `(\w+)` +\| (\d+) +\| (\w+) +\|/gm)).toEqual(statuses.sort());
});

test('the guide tells every code of a request with its kind', async () => {
  const rows = await guideRows(import.meta.dirname, /^\| (E\d{3}) +\| (\w+) +\|/gm);
  expect(rows).toEqual(refusalRows(requestRefusals));
});
