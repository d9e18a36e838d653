import { copyFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newMigratedLocation } from '../../../../../test/setup/stores.ts';
import { openStore, type Store } from '../store.ts';
import { isUnavailable } from '../unavailable.ts';

let store: Store;
let file: string;
let remove: () => void;
beforeEach(async () => {
  const place = await newMigratedLocation('SQLite');
  store = await openStore(place.location);
  file = join((place.location as { dataDir: string }).dataDir, 'sesame.db');
  remove = place.remove;
});
afterEach(async () => {
  await store.close();
  remove();
});

const write = (name: string) =>
  store.run(store.db.insertInto('settings').values({ name, value: '{}', updated_at: 1 }).compile());
const failure = (work: Promise<unknown>) => work.then(() => undefined).catch((error: Error) => error);

test('nothing is written into a file that was moved away or replaced, until it is back', async () => {
  await write('before');
  renameSync(file, `${file}.away`);
  const gone = await failure(write('gone'));
  expect([isUnavailable(gone), gone?.message]).toEqual([true, expect.stringContaining('was moved away or deleted')]);
  copyFileSync(`${file}.away`, file);
  const transaction = store.db.transaction().execute(async () => {});
  const replaced = await failure(transaction);
  expect([isUnavailable(replaced), replaced?.message]).toEqual([true, expect.stringContaining('another file')]);
  renameSync(`${file}.away`, file);
  await write('after');
  const rows = await store.db
    .selectFrom('settings')
    .select('name')
    .where('name', 'in', ['before', 'gone', 'after'])
    .execute();
  expect(rows.map(({ name }) => name).sort()).toEqual(['after', 'before']);
});
