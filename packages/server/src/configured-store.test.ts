import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { onServer } from '../../../test/setup/data-commands.ts';
import { newMemoryFolder } from '../../../test/setup/memory-folder.ts';
import { startTestServer } from '../../../test/setup/server.ts';
import { newMigratedLocation } from '../../../test/setup/stores.ts';
import { naming, namingPort, occupy, openConfiguredStore, openServerStore } from './configured-store.ts';
import type { MigrationStep } from './store/migrations/index.ts';

const fails = (code: string) => Promise.reject(Object.assign(new Error(code), { code }));

test.each([
  [3001, 'EADDRINUSE', /^SESAME_PORT .* in use.* port 3001 .*, for example SESAME_PORT=3002\.$/],
  [65_535, 'EADDRINUSE', /for example SESAME_PORT=65534\.$/],
  [80, 'EACCES', /^SESAME_PORT .*port 80 is not allowed to this user; choose one from 1024 on/],
  [3001, 'EADDRNOTAVAIL', /^SESAME_HOST \(192\.0\.2\.1\) cannot be used: this machine does not have that address\.$/],
])('port %d that fails with %s is named, with what to do', async (port, code, expected) => {
  await expect(namingPort('SESAME_PORT', { host: '192.0.2.1', port }, fails(code))).rejects.toThrow(expected);
});

test('each migration is told of before it runs, and none when the tables are up to date', async () => {
  const dataDir = await newMemoryFolder('sesame-configured-store-');
  const told: MigrationStep[] = [];
  const open = async () =>
    (await openConfiguredStore({ dataDir, databaseUrl: undefined }, (step) => told.push(step))).close();
  await open();
  expect(told.map(({ number }) => number)).toEqual(told.map((_, index) => index + 1));
  expect(told[0]).toEqual({ name: '0001-initial', number: 1, of: told.length, isNew: true });
  const count = told.length;
  await open();
  expect(told).toHaveLength(count);
});

test('a start at a database that takes no writes names the setting, and what to write there', async () => {
  const { location, remove } = await newMigratedLocation('PostgreSQL');
  const { databaseUrl } = location as { databaseUrl: string };
  await onServer(
    databaseUrl,
    `alter database ${new URL(databaseUrl).pathname.slice(1)} set default_transaction_read_only = on`,
  );
  await expect(startTestServer(location)).rejects.toThrow(
    /^SESAME_DATABASE_URL cannot be used: the server takes no writes.*target_session_attrs=read-write\.$/,
  );
  await remove();
});

test.each([
  [
    { message: 'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string' },
    /the server asks for a password, and/,
  ],
  [{ message: 'database is locked', errcode: 5 }, /another program has locked its database/],
])('%o is said in other words than by the driver', async (properties, expected) => {
  const failure = Promise.reject(Object.assign(new Error(), properties));
  await expect(naming('SESAME_DATABASE_URL', failure)).rejects.toThrow(expected);
});

test('a data folder takes one server at a time, and beside it whatever else opens its database', async () => {
  const place = { dataDir: await newMemoryFolder('sesame-configured-store-'), databaseUrl: undefined };
  const server = await openServerStore(place);
  const refusal =
    /^SESAME_DATA_DIR \(.*\) cannot be used: another Sesame works on it\. Stop that one first; .*PostgreSQL/;
  await expect(openServerStore(place)).rejects.toThrow(refusal);
  const command = await openConfiguredStore(place);
  await expect(openServerStore(place)).rejects.toThrow(refusal);
  await command.close();
  await server.close();
  await (await openServerStore(place)).close();
});

test('a server that could not open its database keeps no other one out', async () => {
  const place = { dataDir: await newMemoryFolder('sesame-configured-store-'), databaseUrl: undefined };
  await mkdir(join(place.dataDir, 'sesame.db'));
  await expect(openServerStore(place)).rejects.toThrow(/unable to open/);
  (await occupy(place))();
});
