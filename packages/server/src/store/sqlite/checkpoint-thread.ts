import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

const { file } = workerData as { file: string };
const database = new DatabaseSync(file);
// Does not wait for those who write, and they do not wait for it.
database.exec('PRAGMA busy_timeout = 0; PRAGMA synchronous = FULL');

parentPort?.on('message', () => {
  try {
    database.exec('PRAGMA wal_checkpoint(PASSIVE)');
  } catch {
    // Whatever keeps this thread from it, such as a full disk, keeps the writer from it as well, which says so.
  }
  parentPort?.postMessage('done');
});
