import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../test/setup/embedded-postgres.ts';

/** A PostgreSQL server that keeps what it answered for, as in production. */
export type Postgres = {
  version: string;
  pid: number;
  settings: readonly string[];
  /** Makes an empty database. @returns its URL */
  newDatabase: () => Promise<string>;
  stop: () => Promise<void>;
};

/** What differs from PostgreSQL's own defaults. */
const settings = ['max_connections=200', 'shared_buffers=512MB', 'max_wal_size=4GB'];

/** Starts PostgreSQL in a folder of its own in `folder`. */
export async function startPostgres(folder: string): Promise<Postgres> {
  // As root, PostgreSQL runs as a user of its own, which has to reach the folder.
  await chmod(folder, 0o755);
  const databaseDir = join(folder, 'postgres');
  const { url, stop } = await startEmbeddedPostgres({ databaseDir, settings });
  const [version] = (await query(url, 'show server_version')) as { server_version: string }[];
  let databases = 0;
  return {
    version: version?.server_version ?? '',
    // https://www.postgresql.org/docs/current/storage-file-layout.html
    pid: Number.parseInt(await readFile(join(databaseDir, 'postmaster.pid'), 'utf8'), 10),
    settings,
    async newDatabase() {
      const name = `bench_${databases++}`;
      await query(url, `create database ${name}`);
      return `${url}/${name}`;
    },
    stop,
  };
}

async function query(connectionString: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString });
  await client.connect();
  const { rows } = await client.query(text);
  await client.end();
  return rows;
}
