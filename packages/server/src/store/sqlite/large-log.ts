import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

/** As large as the log is kept; SQLite's own number of pages after which it is written into the file. */
const usualBytes = 64 * 1024 * 1024;
const usualPages = 1_000;

/**
 * A crash in a large change leaves a write-ahead log of the size of the change, which the next commit would write into
 * the file: gigabytes, while everybody waits. A thread does it instead, and the writer goes on by itself afterwards.
 * @returns resolves when the thread has ended
 */
export async function writeLargeLog(writer: DatabaseSync, file: string, largeBytes = usualBytes): Promise<void> {
  if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) <= largeBytes) return;
  writer.exec('PRAGMA wal_autocheckpoint = 0');
  const thread = new Worker(new URL('./checkpoint-thread.ts', import.meta.url), { workerData: { file }, execArgv: [] });
  // Whatever kept it from that keeps the writer from it as well, which says so.
  thread.on('error', () => {});
  await new Promise((resolve) => thread.once('exit', resolve));
  if (writer.isOpen) writer.exec(`PRAGMA wal_autocheckpoint = ${usualPages}`);
}
