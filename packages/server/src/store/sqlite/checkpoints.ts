import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

const usual = {
  /** So many pages of the log that are not in the file yet are worth writing; SQLite's own number. */
  toWrite: 1_000,
  /** With a log of so many, whoever commits writes what the thread has left, so that the log begins anew. */
  toHelp: 8_000,
  /** The thread ends when there was nothing to do for so long, in milliseconds: it takes memory. */
  idleMs: 5_000,
};
const resourceLimits = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 32 };
const thread = new URL('./checkpoint-thread.ts', import.meta.url);

export type Checkpoints = {
  /** Looks whether there is enough to write into the file; called before a transaction. */
  look: () => void;
  /** Resolves when no thread is left. */
  end: () => Promise<void>;
};

/**
 * Writes the log into the file on a thread of its own. Otherwise whoever commits does it, while everybody waits for the
 * disk: for a thousand pages some twenty milliseconds, and for the log that a crash in a large change leaves, which is of
 * the size of the change, many seconds.
 */
export function createCheckpoints(
  writer: DatabaseSync,
  file: string,
  { toWrite, toHelp, idleMs } = usual,
): Checkpoints {
  // Tells how long the log is, and writes nothing.
  const looking = writer.prepare('PRAGMA wal_checkpoint(NOOP)');
  let worker: Worker | undefined;
  let ended: Promise<void> | undefined;
  let isWriting = false;
  let idle: NodeJS.Timeout | undefined;

  const helpFrom = (pages: number) => writer.exec(`PRAGMA wal_autocheckpoint = ${pages}`);
  const lengths = () => looking.get() as { log: number; checkpointed: number };

  function start(): Worker {
    const started = new Worker(thread, { workerData: { file }, execArgv: [], resourceLimits });
    started.on('message', () => rest(started));
    // Where it could not begin, it ends.
    started.on('error', () => {});
    ended = new Promise((resolve) => {
      started.once('exit', () => {
        if (worker === started) rest(started);
        if (worker === started) worker = undefined;
        resolve();
      });
    });
    return started;
  }

  function write(): void {
    isWriting = true;
    clearTimeout(idle);
    worker ??= start();
    worker.ref();
    worker.postMessage('write');
  }

  function rest(resting: Worker): void {
    isWriting = false;
    if (writer.isOpen) helpFrom(toHelp);
    resting.unref();
    idle = setTimeout(() => void stop(), idleMs).unref();
  }

  async function stop(): Promise<void> {
    clearTimeout(idle);
    const stopping = worker;
    worker = undefined;
    await stopping?.terminate();
  }

  const isLarge = lengths().log > toHelp;
  helpFrom(isLarge ? 0 : toHelp);
  if (isLarge) write();

  return {
    look() {
      if (isWriting) return;
      const { log, checkpointed } = lengths();
      if (log - checkpointed >= toWrite) write();
    },
    async end() {
      await stop();
      await ended;
    },
  };
}
