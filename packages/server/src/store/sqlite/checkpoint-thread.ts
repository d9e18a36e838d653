import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';

const { file } = workerData as { file: string };
const database = new DatabaseSync(file);
// Does not wait for those who write, and they do not wait for it.
database.exec('PRAGMA busy_timeout = 0; PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(PASSIVE)');
database.close();
