import { refuseFilled } from '../../store/copy/fill-postgres.ts';
import { migrationsOfPostgres, onPostgres } from '../../store/copy/postgres-database.ts';
import { type Table, withoutMigrations } from '../../store/copy/tables.ts';
import { CommandError } from '../command-error.ts';
import { versionOf } from './versions.ts';

/** Looks at a PostgreSQL before anything in it is changed. @throws CommandError, CopyError when it cannot be filled */
export const refuseUnfitPostgres = (databaseUrl: string, tables: readonly Table[]): Promise<void> =>
  onPostgres(databaseUrl, async (db) => {
    await refuseFilled(db, withoutMigrations(tables));
    if (versionOf(await migrationsOfPostgres(db)) !== 'later') return;
    throw new CommandError('The tables in PostgreSQL are of a later version of Sesame. Use that version.');
  });
