import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type Config, ConfigError, readConfig } from '../../config.ts';
import { openConfiguredStore } from '../../configured-store.ts';
import { fillPostgres } from '../../store/copy/fill-postgres.ts';
import { openAlone } from '../../store/copy/sqlite-file.ts';
import { sqliteSide } from '../../store/copy/sqlite-side.ts';
import { migrationsOf, tablesOf } from '../../store/copy/tables.ts';
import { CommandError } from '../command-error.ts';
import { root } from '../root.ts';
import type { DataContext } from './data-context.ts';
import { refuseUnfitPostgres } from './empty-postgres.ts';
import { type KnownKeys, keyThatOpens, knownKeys, readKeyCheck } from './known-keys.ts';
import { grouped } from './progress.ts';
import { recordIn } from './record.ts';
import { printSummary } from './summary.ts';
import { versionOf } from './versions.ts';

/**
 * `sesame move`: copies the data folder of a stopped Sesame into an empty PostgreSQL, all or nothing; the folder stays as
 * it is.
 * @param options `from` a folder, `to` a PostgreSQL URL; the settings say what is not there
 * @throws CommandError, ConfigError, CopyError
 */
export async function move({ from, to }: { from?: string; to?: string }, context: DataContext): Promise<void> {
  const { env, cwd, print } = context;
  const config = readConfig({ ...env, ...(to !== undefined && { SESAME_DATABASE_URL: to }) });
  const { databaseUrl } = config;
  if (databaseUrl === undefined) {
    throw new ConfigError('SESAME_DATABASE_URL (or --to) has to say where the empty PostgreSQL database is.');
  }
  const folder = from === undefined ? resolve(root, config.dataDir) : resolve(cwd, from);
  const file = join(folder, 'sesame.db');
  if (!existsSync(file)) {
    throw new CommandError(`There is no database in ${folder}. SESAME_DATA_DIR (or --from) says where it is.`);
  }
  const source = openAlone(file);
  try {
    refuseOtherVersion(source, folder);
    await refuseUnfitPostgres(databaseUrl, tablesOf(source));
    const keys = knownKeys(config, folder);
    const opens = keyThatOpens(await readKeyCheck(sqliteSide(source), tablesOf(source)), keys.readings) !== undefined;
    print(`Moving ${file} to PostgreSQL.`);
    const rows = await fill(source, { ...config, databaseUrl }, context);
    print(`All ${grouped(rows)} rows are in PostgreSQL, and each is the same there.`);
    printWhatToChange({ folder, file, keys, opens }, context);
  } finally {
    source.close();
  }
}

/** @returns how many rows came along */
async function fill(
  source: DatabaseSync,
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  { print, progress, signal }: DataContext,
): Promise<number> {
  const store = await openConfiguredStore(config);
  try {
    const copied = await fillPostgres(store.db as never, {
      source,
      progress,
      signal,
      finish: (transaction) => recordIn({ store, db: transaction as never }, 'database.move', { from: 'SQLite' }),
    });
    return printSummary(copied, print);
  } finally {
    await store.close();
  }
}

function refuseOtherVersion(source: DatabaseSync, folder: string): void {
  const version = versionOf(migrationsOf(source));
  if (version === 'later') {
    throw new CommandError(`A later version of Sesame has worked in ${folder}. Move with that version.`);
  }
  if (version === 'earlier') {
    throw new CommandError(
      `The data in ${folder} is of an earlier version. Start Sesame there once, stop it, and move.`,
    );
  }
}

type Moved = { folder: string; file: string; keys: KnownKeys; opens: boolean };

function printWhatToChange({ folder, file, keys, opens }: Moved, { print }: DataContext): void {
  print('\nWhat to change where Sesame runs:\n');
  print('  SESAME_DATABASE_URL is the URL of this PostgreSQL database.');
  print(`  ${ofKey({ keys, opens })}`);
  if (existsSync(join(folder, 'connectors'))) {
    print(`  Installed connectors are in ${join(folder, 'connectors')}: keep SESAME_DATA_DIR, or install them again.`);
  }
  print(`\nThen start Sesame. ${file} is as it was; put it away once people have signed in.`);
}

function ofKey({ keys: { readings, place }, opens }: Pick<Moved, 'keys' | 'opens'>): string {
  if (readings.length === 0) return `The secret key is not in ${place}: set SESAME_SECRET_KEY to that of this data.`;
  if (!opens) return `The secret key in ${place} is not that of this data: Sesame starts with its own key only.`;
  if (place === 'SESAME_SECRET_KEY') return 'SESAME_SECRET_KEY stays as it is.';
  return `The secret key is in ${place}: keep SESAME_DATA_DIR, or set SESAME_SECRET_KEY to what is in that file.`;
}
