import { chmodSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Config, readConfig } from '../../config.ts';
import { openConfiguredStore } from '../../configured-store.ts';
import { makeFolder } from '../../make-folder.ts';
import {
  type BackupHeader,
  checkBackup,
  type OpenBackup,
  openBackup,
  openForServers,
} from '../../store/copy/backup-file.ts';
import { UnknownOutcome } from '../../store/copy/copy-error.ts';
import { fillPostgres } from '../../store/copy/fill-postgres.ts';
import { sync } from '../../store/copy/sqlite-file.ts';
import { sqliteSide } from '../../store/copy/sqlite-side.ts';
import { migrationsOf, tablesOf } from '../../store/copy/tables.ts';
import { openStore } from '../../store/store.ts';
import { CommandError } from '../command-error.ts';
import { root } from '../root.ts';
import type { DataContext } from './data-context.ts';
import { refuseUnfitPostgres } from './empty-postgres.ts';
import { keyFileOf, keyThatOpens, knownKeys, readKeyCheck } from './known-keys.ts';
import { grouped } from './progress.ts';
import { recordIn } from './record.ts';
import { versionOf } from './versions.ts';
import { inWorkFolder, place } from './work-folder.ts';

/**
 * `sesame restore`: puts a backup into an empty data folder, or an empty PostgreSQL, all or nothing.
 * @throws CommandError, ConfigError, CopyError
 */
export async function restore(name: string, context: DataContext): Promise<void> {
  const { env, cwd, print, signal } = context;
  const config = readConfig(env);
  const folder = resolve(root, config.dataDir);
  const file = resolve(cwd, name);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new CommandError(`There is no file ${file}.`);
  if (config.databaseUrl === undefined) refuseFilledFolder(folder);
  // Says of most files that they are no backup, before they are copied.
  openBackup(file).database.close();
  makeFolder(folder, 0o700);
  await inWorkFolder(folder, async (work) => {
    const copy = join(work, 'sesame.db');
    await copyFile(file, copy);
    chmodSync(copy, 0o600);
    const checked = await check(copy, { config, folder }, context);
    openForServers(copy);
    await bringUpToDate(work, { madeAt: checked.header.madeAt, rows: checked.rows });
    signal?.throwIfAborted();
    await withKey(checked.keyToPlace, { work, folder }, async () => {
      if (config.databaseUrl === undefined) place(copy, join(folder, 'sesame.db'));
      else await fill(copy, config, context);
    });
    print(`All ${grouped(checked.rows)} rows of the backup of ${checked.header.madeAt} are restored.`);
    print(checked.ofKey);
  });
  print('Installed connectors are not in a backup; copy them into the data folder, or install them again.');
}

function refuseFilledFolder(folder: string): void {
  const left = ['', '-wal', '-shm', '-journal'].map((end) => `sesame.db${end}`);
  const found = left.filter((name) => existsSync(join(folder, name)));
  if (found.length === 0) return;
  throw new CommandError(
    `In ${folder} there is ${found.join(', ')}. Stop Sesame and move that away first; nothing was changed.`,
  );
}

/** Where the data is to be. */
type Place = { config: Config; folder: string };

type Checked = {
  header: BackupHeader;
  rows: number;
  /** The key of the backup, where there is none yet. */
  keyToPlace: string | undefined;
  /** What to tell of the key. */
  ofKey: string;
};

/** @throws CommandError, CopyError when the backup is not whole, not for this version, of another key, or has no place */
async function check(copy: string, place: Place, { progress, signal }: DataContext): Promise<Checked> {
  const backup = openBackup(copy);
  const { database, header } = backup;
  const isWhole = () => checkBackup(backup, { progress, signal });
  try {
    const keys = await fittingKey(backup, place).catch(async (error: unknown) => {
      // What is damaged may look like anything else.
      await isWhole();
      throw error;
    });
    const { databaseUrl } = place.config;
    if (databaseUrl !== undefined) await refuseUnfitPostgres(databaseUrl, tablesOf(database));
    await isWhole();
    const rows = Object.values(header.tables).reduce((sum, table) => sum + table.rows, 0);
    return { header, rows, ...keys };
  } finally {
    database.close();
  }
}

async function fittingKey({ database, header }: OpenBackup, place: Place) {
  if (versionOf(migrationsOf(database)) === 'later') {
    throw new CommandError('The backup is of a later version of Sesame. Restore it with that version.');
  }
  return keyFor(await readKeyCheck(sqliteSide(database), tablesOf(database)), header, place);
}

function keyFor(
  check: string | undefined,
  { secretKey }: BackupHeader,
  { config, folder }: Place,
): Pick<Checked, 'keyToPlace' | 'ofKey'> {
  const { readings, place } = knownKeys(config, folder);
  if (readings.length > 0) {
    if (keyThatOpens(check, readings) !== undefined) {
      return { keyToPlace: undefined, ofKey: `The secret key in ${place} is that of the backup.` };
    }
    throw new CommandError(
      `The secret key in ${place} is not that of the backup. Put that one there; nothing was changed.`,
    );
  }
  if (secretKey === undefined) {
    const ofKey = `The secret key is not in the backup: set SESAME_SECRET_KEY, or put it into ${place}, before Sesame starts.`;
    return { keyToPlace: undefined, ofKey };
  }
  // A file is read without the white space around the key.
  if (keyThatOpens(check, [secretKey.trim()]) === undefined) {
    throw new CommandError(
      `${place} cannot hold the secret key of the backup. Set SESAME_SECRET_KEY to it as it was, with its line break.`,
    );
  }
  return { keyToPlace: secretKey.trim(), ofKey: `The secret key of the backup is in ${place} now.` };
}

/** Runs the migrations since the backup, and says in the audit log where the data is from. */
async function bringUpToDate(dataDir: string, details: { madeAt: string; rows: number }): Promise<void> {
  const store = await openStore({ dataDir });
  try {
    await recordIn({ store, db: store.db }, 'database.restore', details);
  } finally {
    await store.close();
  }
  sync(join(dataDir, 'sesame.db'));
}

/** Places the key first, since nobody can use the data without it, and takes it back when the data does not follow. */
async function withKey(
  key: string | undefined,
  { work, folder }: { work: string; folder: string },
  placeData: () => Promise<void>,
): Promise<void> {
  if (key === undefined) return placeData();
  const draft = join(work, 'secret.key');
  writeFileSync(draft, `${key}\n`, { flag: 'wx', mode: 0o600, flush: true });
  place(draft, keyFileOf(folder));
  try {
    await placeData();
  } catch (error) {
    // The data may be there, and is of no use without it.
    if (!(error instanceof UnknownOutcome)) rmSync(keyFileOf(folder));
    throw error;
  }
}

async function fill(
  copy: string,
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  { progress, signal }: DataContext,
): Promise<void> {
  const store = await openConfiguredStore(config);
  const source = new DatabaseSync(copy, { readOnly: true });
  try {
    await fillPostgres(store.db as never, { source, progress, signal });
  } finally {
    source.close();
    await store.close();
  }
}
