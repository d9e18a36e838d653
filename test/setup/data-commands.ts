import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { runCommand } from '../../packages/server/src/cli/run-command.ts';
import { platform } from '../../packages/server/src/platform.ts';
import { checkSecretKey } from '../../packages/server/src/secrets/secret-key-check.ts';
import { deriveSecretKeys } from '../../packages/server/src/secrets/secret-keys.ts';
import { openStore } from '../../packages/server/src/store/store.ts';
import { fillEveryTable } from './full-database.ts';
import { newMigratedLocation, newStoreLocation } from './stores.ts';

/** The secret key of the databases that the commands about all data work on here. */
export const dataKey = 'the key of all the data, as long as a key has to be';

/** Runs `sesame move`, `backup` or `restore`. `at` is called with every line, before the command goes on. */
export async function runData(
  words: readonly string[],
  env: Record<string, string>,
  { at, signal }: { at?: (line: string) => void; signal?: AbortSignal } = {},
): Promise<{ code: number; printed: string; complained: string }> {
  const [printed, complained]: [string[], string[]] = [[], []];
  const code = await runCommand(words, {
    env,
    cwd: '/',
    ...(signal && { interruption: () => signal }),
    print: (line) => {
      printed.push(line);
      at?.(line);
    },
    complain: (line) => complained.push(line),
  });
  return { code, printed: printed.join('\n'), complained: complained.join('\n') };
}

/** A data folder as a server leaves it, with rows in every table. @returns its path */
export async function newFullFolder({ nul = '' } = {}): Promise<string> {
  const { location } = await newMigratedLocation('SQLite');
  const folder = 'dataDir' in location ? location.dataDir : '';
  const store = await openStore({ dataDir: folder });
  await checkSecretKey(store, [deriveSecretKeys(dataKey)], platform);
  await store.close();
  fillEveryTable(join(folder, 'sesame.db'), { rows: 4, nul });
  writeFileSync(join(folder, 'secret.key'), `${dataKey}\n`, { mode: 0o600 });
  return folder;
}

/** An empty PostgreSQL database. */
export async function newPostgres(): Promise<{ url: string; remove: () => Promise<void> }> {
  const { location, remove } = await newStoreLocation('PostgreSQL');
  return { url: 'databaseUrl' in location ? location.databaseUrl : '', remove };
}

/** Runs statements on PostgreSQL as somebody else. @returns the rows of the last */
export async function onServer(url: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  let rows: Record<string, unknown>[] = [];
  for (const statement of statements) ({ rows } = await client.query(statement));
  await client.end();
  return rows;
}
