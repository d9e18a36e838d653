import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Config, readConfig } from '../../config.ts';
import { platform } from '../../platform.ts';
import { checkBackup, openBackup, writeBackup } from '../../store/copy/backup-file.ts';
import type { CopiedTable } from '../../store/copy/copy-tables.ts';
import { inSnapshot, migrationsOfPostgres, onPostgres } from '../../store/copy/postgres-database.ts';
import { postgresSide } from '../../store/copy/postgres-side.ts';
import type { Side } from '../../store/copy/side.ts';
import { definitionsOf, openSnapshot, type TableDefinitions } from '../../store/copy/sqlite-file.ts';
import { sqliteSide } from '../../store/copy/sqlite-side.ts';
import { migrationsOf, type Table, tablesOf } from '../../store/copy/tables.ts';
import { openStore } from '../../store/store.ts';
import { CommandError } from '../command-error.ts';
import { root } from '../root.ts';
import type { DataContext } from './data-context.ts';
import { keyThatOpens, knownKeys, readKeyCheck } from './known-keys.ts';
import { grouped } from './progress.ts';
import { printSummary } from './summary.ts';
import { versionOf } from './versions.ts';
import { inWorkFolder, place } from './work-folder.ts';

/** A database as it is at one moment. */
type Snapshot = { source: Side; tables: readonly Table[]; definitions: TableDefinitions };

/**
 * `sesame backup`: writes all data to a file, as of one moment, while Sesame runs or not.
 * @throws CommandError, ConfigError, CopyError
 */
export async function backUp(
  { file: name, withKey }: { file: string; withKey: boolean },
  context: DataContext,
): Promise<void> {
  const { env, cwd, print, progress, signal } = context;
  const config = readConfig(env);
  const folder = resolve(root, config.dataDir);
  const file = resolve(cwd, name);
  if (existsSync(file)) throw new CommandError(`${file} is there already. Name a new file.`);
  if (!existsSync(dirname(file))) throw new CommandError(`There is no folder ${dirname(file)} for the backup.`);
  const copied = await inWorkFolder(dirname(file), async (work) => {
    const draft = join(work, 'backup.db');
    const rows = await onSnapshot({ ...config, dataDir: folder }, work, async ({ source, tables, definitions }) => {
      const secretKey = withKey ? keyOf(await readKeyCheck(source, tables), config, folder) : undefined;
      const header = { madeAt: new Date(platform.now()).toISOString(), ...(secretKey !== undefined && { secretKey }) };
      return await writeBackup(draft, { source, definitions, header, progress, signal });
    });
    await readBack(draft, context);
    signal?.throwIfAborted();
    place(draft, file);
    return rows;
  });
  print(`All ${grouped(printSummary(copied, print))} rows are in ${file}, which has been read back.`);
  print(
    withKey
      ? 'The secret key is in it: whoever has the file has everything.'
      : `The secret key is not in it: keep a copy of ${knownKeys(config, folder).place} in another place.`,
  );
  print('Installed connectors are not in it; copy the folder "connectors" of the data folder, or install them again.');
}

async function readBack(draft: string, { progress, signal }: DataContext): Promise<void> {
  const written = openBackup(draft);
  try {
    await checkBackup(written, { progress, signal });
  } finally {
    written.database.close();
  }
}

function keyOf(check: string | undefined, config: Config, folder: string): string {
  const { readings, place } = knownKeys(config, folder);
  const key = keyThatOpens(check, readings);
  if (key !== undefined) return key;
  throw new CommandError(
    readings.length === 0
      ? `There is no secret key: neither SESAME_SECRET_KEY nor ${place}. Run the command with the settings of Sesame.`
      : `The secret key in ${place} is not that of this database. Run the command with the settings of Sesame.`,
  );
}

type Work = (snapshot: Snapshot) => Promise<CopiedTable[]>;

function onSnapshot(
  { databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>,
  workFolder: string,
  work: Work,
): Promise<CopiedTable[]> {
  return databaseUrl === undefined
    ? onSnapshotOfSqlite(dataDir, work)
    : onPostgres(databaseUrl, (db) =>
        inSnapshot(db, async (snapshot) => {
          refuseOtherVersion(await migrationsOfPostgres(snapshot));
          return await work({ source: postgresSide(snapshot), ...(await tablesOfThisVersion(workFolder)) });
        }),
      );
}

async function onSnapshotOfSqlite(dataDir: string, work: Work): Promise<CopiedTable[]> {
  const file = join(dataDir, 'sesame.db');
  if (!existsSync(file)) {
    throw new CommandError(
      `There is no database in ${dataDir}. Run the command with the settings that Sesame runs with; ` +
        'SESAME_DATA_DIR or SESAME_DATABASE_URL say where the database is.',
    );
  }
  const database = openSnapshot(file);
  try {
    if (migrationsOf(database).length === 0) throw new CommandError(`${file} has no tables of Sesame yet.`);
    return await work({
      source: sqliteSide(database),
      tables: tablesOf(database),
      definitions: definitionsOf(database),
    });
  } finally {
    database.close();
  }
}

/** What the tables of PostgreSQL are in SQLite is known of this version only. */
function refuseOtherVersion(migrations: readonly string[]): void {
  if (migrations.length === 0) throw new CommandError('There are no tables of Sesame in this PostgreSQL database.');
  const version = versionOf(migrations);
  if (version === 'this') return;
  throw new CommandError(
    `The tables in PostgreSQL are of ${version === 'later' ? 'a later' : 'an earlier'} version of Sesame. ` +
      'Take the backup with that version.',
  );
}

async function tablesOfThisVersion(workFolder: string): Promise<Omit<Snapshot, 'source'>> {
  const dataDir = join(workFolder, 'empty');
  await (await openStore({ dataDir })).close();
  const database = openSnapshot(join(dataDir, 'sesame.db'));
  try {
    return { tables: tablesOf(database), definitions: definitionsOf(database) };
  } finally {
    database.close();
  }
}
