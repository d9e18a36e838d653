import { DatabaseSync } from 'node:sqlite';

/** Opens a SQLite file for reading what is committed. */
export function openReadOnly(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly: true });
  // As in PostgreSQL: LIKE tells upper from lower case, and lower() knows more than the letters of English.
  database.exec('PRAGMA busy_timeout = 5000; PRAGMA case_sensitive_like = ON');
  database.function('lower', { deterministic: true }, (text) => (typeof text === 'string' ? text.toLowerCase() : text));
  return database;
}
