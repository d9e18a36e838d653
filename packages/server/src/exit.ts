import { isThreadLeft } from './store/sqlite/reader.ts';

/** Ends the process at once. Node would wait for a thread that is in a statement of SQLite, which only a signal ends. */
export function exit(exitCode: number): void {
  if (isThreadLeft()) process.kill(process.pid, 'SIGKILL');
  process.exit(exitCode);
}
