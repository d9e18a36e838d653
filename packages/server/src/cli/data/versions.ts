import { migrationNames } from '../../store/migrations/index.ts';

/** How a database compares to this version of Sesame. @param migrations those that it has been through */
export function versionOf(migrations: readonly string[]): 'earlier' | 'this' | 'later' {
  if (migrations.some((name) => !migrationNames.includes(name))) return 'later';
  return migrations.length < migrationNames.length ? 'earlier' : 'this';
}
