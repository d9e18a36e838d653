import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { openStore } from '../../packages/server/src/store/store.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { newMemoryFolder } from './memory-folder.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of a PostgreSQL server, without a database name. */
    postgresUrl: string;
    /** The tables, made once: a SQLite file and a database of the PostgreSQL server, to be copied; those without rows. */
    migrated: { sqliteFile: string; postgresDatabase: string; tables: string[] };
  }
}

/** What would wait for the disk where the folder is on one. */
const withoutDisk = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
/** It comes once a minute, in the middle of some test, and changes plans and the order in which rows are found. */
const withoutVacuum = ['autovacuum=off'];

/** Starts one real PostgreSQL for the whole run; each test makes databases of its own in it. */
export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  const folder = await newMemoryFolder('sesame-postgres-');
  // As root, PostgreSQL runs as a user of its own, which has to reach the folder.
  await chmod(folder, 0o755);
  const settings = ['max_connections=300', ...withoutDisk, ...withoutVacuum];
  const { url, stop } = await startEmbeddedPostgres({ databaseDir: join(folder, 'data'), settings });
  project.provide('postgresUrl', url);
  project.provide('migrated', await migrate(folder, url));
  return async () => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  };
}

async function migrate(dataDir: string, postgresUrl: string) {
  const postgresDatabase = 'migrated';
  const client = new Client({ connectionString: `${postgresUrl}/postgres` });
  await client.connect();
  await client.query(`create database ${postgresDatabase}`);
  await client.end();
  for (const location of [{ dataDir }, { databaseUrl: `${postgresUrl}/${postgresDatabase}` }]) {
    const store = await openStore(location);
    await store.close();
  }
  const tables = await findEmptyTables(`${postgresUrl}/${postgresDatabase}`);
  return { sqliteFile: join(dataDir, 'sesame.db'), postgresDatabase, tables };
}

/** @throws where a migration has left rows: who lends databases has to put them back */
async function findEmptyTables(connectionString: string): Promise<string[]> {
  const client = new Client({ connectionString });
  await client.connect();
  const { rows } = await client.query<{ relname: string; has_rows: boolean }>(
    `select relname, pg_relation_size(oid) > 0 as has_rows from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not like 'kysely%'`,
  );
  await client.end();
  const full = rows.filter(({ has_rows }) => has_rows).map(({ relname }) => relname);
  if (full.length > 0) throw new Error(`Migrations leave rows in ${full.join(', ')}, which lent databases would lose.`);
  return rows.map(({ relname }) => relname);
}
