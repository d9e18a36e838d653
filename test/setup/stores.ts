import { randomUUID } from 'node:crypto';
import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Pool } from 'pg';
import { inject } from 'vitest';
import { openStore, type Store, type StoreLocation } from '../../packages/server/src/store/store.ts';
import { createLentDatabases, type LentStore } from './lent-databases.ts';
import { newMemoryFolder } from './memory-folder.ts';

/** The databases that every store test runs on. */
export const databases = ['SQLite', 'PostgreSQL'] as const;
export type Database = (typeof databases)[number];

type Place = { location: StoreLocation; remove: () => Promise<void> };

/** A fresh, empty place for a store, and the way to remove it. */
export const newStoreLocation = (database: Database): Promise<Place> =>
  database === 'SQLite' ? newFolder() : newPostgresDatabase('template1');

/** As `newStoreLocation`, but with the tables in it: what nobody has used yet, and need not be made again. */
export async function newMigratedLocation(database: Database): Promise<Place> {
  const { sqliteFile, postgresDatabase } = inject('migrated');
  if (database === 'PostgreSQL') return newPostgresDatabase(postgresDatabase);
  const place = await newFolder();
  await copyFile(sqliteFile, join(place.location.dataDir, 'sesame.db'));
  return place;
}

/** A store without rows; `close` removes it, or gives it back. */
export const newStore = async (database: Database): Promise<Store> =>
  database === 'PostgreSQL' ? (await lendStore()).store : newUnusedStore(database);

/**
 * A store that never had rows, for tests of plans: PostgreSQL goes by how large tables and indexes are, and an index stays
 * as large as it was when it is emptied.
 */
export async function newUnusedStore(database: Database): Promise<Store> {
  const { location, remove } = await newMigratedLocation(database);
  const store = await openStore(location);
  return {
    ...store,
    close: async () => {
      await store.close();
      await remove();
    },
  };
}

let lent: ReturnType<typeof createLentDatabases> | undefined;

/** A store of PostgreSQL without rows, and where it is; `close` gives it back. */
export function lendStore(): Promise<LentStore> {
  const { postgresDatabase, tables } = inject('migrated');
  lent ??= createLentDatabases(() => newPostgresDatabase(postgresDatabase), tables);
  return lent();
}

async function newFolder() {
  const dataDir = await newMemoryFolder('sesame-store-');
  return { location: { dataDir }, remove: () => rm(dataDir, { recursive: true, force: true }) };
}

async function newPostgresDatabase(template: string) {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  // Files are copied faster than the log of them is written.
  await run(`create database ${name} template ${template} strategy file_copy`);
  return {
    // A machine that is slow is no failure.
    location: { databaseUrl: `${inject('postgresUrl')}/${name}?connect_timeout=110` },
    remove: () => run(`drop database ${name} with (force)`),
  };
}

let administration: Pool | undefined;

async function run(statement: string): Promise<void> {
  administration ??= new Pool({ connectionString: `${inject('postgresUrl')}/postgres`, allowExitOnIdle: true })
    // The server may stop first.
    .on('error', () => {});
  await administration.query(statement);
}
