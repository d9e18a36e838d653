import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { Client } from 'pg';
import { inject } from 'vitest';
import { openStore, type Store, type StoreLocation } from '../../packages/server/src/store/store.ts';
import { newMemoryFolder } from './memory-folder.ts';

/** The databases that every store test runs on. */
export const databases = ['SQLite', 'PostgreSQL'] as const;
export type Database = (typeof databases)[number];

/** A fresh, empty place for a store, and the way to remove it. */
export async function newStoreLocation(
  database: Database,
): Promise<{ location: StoreLocation; remove: () => Promise<void> }> {
  if (database === 'SQLite') {
    const dataDir = await newMemoryFolder('sesame-store-');
    return { location: { dataDir }, remove: () => rm(dataDir, { recursive: true, force: true }) };
  }
  const server = inject('postgresUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runOn(server, `create database ${name}`);
  return {
    location: { databaseUrl: `${server}/${name}` },
    remove: () => runOn(server, `drop database ${name} with (force)`),
  };
}

/** A fresh store; `close` removes it. */
export async function newStore(database: Database): Promise<Store> {
  const { location, remove } = await newStoreLocation(database);
  const store = await openStore(location);
  return {
    ...store,
    close: async () => {
      await store.close();
      await remove();
    },
  };
}

async function runOn(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: `${server}/postgres` });
  await client.connect();
  await client.query(statement);
  await client.end();
}
