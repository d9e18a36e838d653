import { statSync } from 'node:fs';

/** SQLITE_READONLY_DBMOVED, which SQLite itself tells without a write-ahead log alone. */
const errcode = 1032;

/**
 * Makes what throws where a file is not the one any more that was opened: somebody has moved it, deleted it or put another
 * one, such as a backup, into its place. SQLite goes on writing into the one that was there, where nobody finds it again.
 */
export function checkFile(file: string): () => void {
  const opened = statSync(file);
  return () => {
    const now = statSync(file, { throwIfNoEntry: false });
    if (now?.ino === opened.ino && now.dev === opened.dev) return;
    const what = now ? 'is another file than the one that Sesame opened' : 'was moved away or deleted';
    throw Object.assign(new Error(`${file} ${what}: put it back, or start Sesame again.`), { errcode });
  };
}
