import type { DatabaseSync } from 'node:sqlite';
import { CopyError } from './copy-error.ts';

/** A table as rows are copied from it. */
export type Table = {
  name: string;
  /** In their order in SQLite, without those that are computed. */
  columns: readonly string[];
  /** The columns that tell rows apart. */
  key: readonly string[];
};

/** What the migrations keep of themselves. */
const ofMigrations = new Set(['kysely_migration', 'kysely_migration_lock']);
/** What triggers write, in a copy as well: nobody is to take its stamp for that of another database. */
const ofTriggers = new Set(['held_stamps']);
/** SQLite's own tables have names that begin so. */
export const isOurs = `name not like 'sqlite\\_%' escape '\\'`;

/** Every table whose rows are copied, those first that others refer to. @throws CopyError for one without a primary key */
export function tablesOf(database: DatabaseSync): Table[] {
  const names = database
    .prepare(`select name from sqlite_schema where type = 'table' and ${isOurs} order by name`)
    .all();
  return inOrderOfReferences(
    names.map(({ name }) => String(name)).filter((name) => !ofTriggers.has(name)),
    (name) =>
      database
        .prepare('select "table" from pragma_foreign_key_list(?)')
        .all(name)
        .map((reference) => String(reference.table)),
  ).map((name) => tableOf(database, name));
}

/** Without those of the migrations, which the other database has of its own. */
export const withoutMigrations = (tables: readonly Table[]) => tables.filter(({ name }) => !ofMigrations.has(name));

/** The migrations that the database has been through. */
export function migrationsOf(database: DatabaseSync): string[] {
  const rows = database.prepare('select name from kysely_migration order by name').all();
  return rows.map(({ name }) => String(name));
}

function tableOf(database: DatabaseSync, name: string): Table {
  const columns = database.prepare('select name, pk from pragma_table_info(?)').all(name);
  const key = columns.filter(({ pk }) => Number(pk) > 0).sort((one, other) => Number(one.pk) - Number(other.pk));
  if (key.length === 0) throw new CopyError(`The table ${name} has no primary key, so its rows cannot be compared.`);
  const nameOf = (column: (typeof columns)[number]) => String(column.name);
  return { name, columns: columns.map(nameOf), key: key.map(nameOf) };
}

function inOrderOfReferences(names: readonly string[], referencesOf: (name: string) => string[]): string[] {
  const ordered = new Set<string>();
  const visit = (name: string, path: readonly string[]) => {
    if (ordered.has(name) || path.includes(name)) return;
    for (const other of referencesOf(name)) visit(other, [...path, name]);
    ordered.add(name);
  };
  for (const name of names) visit(name, []);
  return [...ordered];
}
