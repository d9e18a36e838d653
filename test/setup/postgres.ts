import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { newMemoryFolder } from './memory-folder.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of a PostgreSQL server, without a database name. */
    postgresUrl: string;
  }
}

/** What would wait for the disk where the folder is on one. */
const withoutDisk = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/** Starts one real PostgreSQL for the whole run; each test makes databases of its own in it. */
export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  const folder = await newMemoryFolder('sesame-postgres-');
  // As root, PostgreSQL runs as a user of its own, which has to reach the folder.
  await chmod(folder, 0o755);
  const settings = ['max_connections=300', ...withoutDisk];
  const { url, stop } = await startEmbeddedPostgres({ databaseDir: join(folder, 'data'), settings });
  project.provide('postgresUrl', url);
  return async () => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  };
}
