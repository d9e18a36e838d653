import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolder } from '../../make-folder.ts';

const busy = 5;
/** Of two that want it at the same moment, one gets it: the other one steps back within this time, in milliseconds. */
const waitMs = 1_000;

/**
 * Makes sure that one server works on a data folder: what is in its memory has the last word on limits. The lock is that of
 * SQLite on a file of its own, in which nothing ever is: the system takes it back however a process ends, and whatever
 * process ids are called elsewhere, as in containers. Commands that work beside a server do not ask for it.
 * @returns leaves the folder to others
 * @throws when another server works there, or the folder takes no file
 */
export function occupyFolder(dataDir: string): () => void {
  makeFolder(dataDir, 0o700);
  const lock = new DatabaseSync(join(dataDir, 'sesame.lock'));
  try {
    // A journal would be a second file, for which a full disk has no room.
    lock.exec(`PRAGMA busy_timeout = ${waitMs}; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE`);
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode !== busy) throw error;
    throw new Error(
      'another Sesame works on it. Stop that one first; where several are to run, they share a PostgreSQL (SESAME_DATABASE_URL)',
    );
  }
  return () => lock.close();
}
