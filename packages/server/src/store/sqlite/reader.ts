import { Worker } from 'node:worker_threads';
import { ApiError } from '../../errors.ts';

/** What the thread is asked. */
export type Statement = { sql: string; parameters: readonly unknown[] };
/** What it answers: rows, or what SQLite said. */
export type Reply =
  | { rows: unknown[] }
  | { failure: { message: string; code: string | undefined; errcode: number | undefined } };
/** The first that the thread says, when it can be asked. */
export type Listens = { listens: true };

/** What the reader takes on. */
export type ReaderLimits = {
  /** Statements that may wait while one runs. */
  waiting: number;
  /** How long one may run, in milliseconds. */
  statementMs: number;
  /** The thread ends when nothing was asked of it for so long, in milliseconds: it takes memory. */
  idleMs: number;
  /** How long `end` waits for a thread that is in a statement, in milliseconds. */
  endMs: number;
};

export const defaultReaderLimits: ReaderLimits = { waiting: 200, statementMs: 10_000, idleMs: 10_000, endMs: 1_000 };
const retryAfterSeconds = 5;
/** Rows are few at a time, and garbage as soon as they are sent. */
const resourceLimits = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256 };

/** Reads on a thread of its own, so that nobody else waits for what takes long. */
export type Reader = {
  /** @throws ApiError `system.too_many_reads`, `request.too_broad`; what SQLite said */
  run: (statement: Statement) => Promise<unknown[]>;
  /** Ends whatever waits for the thread, and the thread: the latter in its own time, where it is in a statement. */
  end: () => Promise<void>;
};

type Waiting = Statement & { resolve: (rows: unknown[]) => void; reject: (error: Error) => void };

const thread = new URL('./reader-thread.ts', import.meta.url);
const startThread = (file: string) => new Worker(thread, { workerData: { file }, execArgv: [], resourceLimits });

const threads = new Set<Worker>();

/** Whether a thread has not ended yet: the end of the process would wait for the statement that it is in. */
export const isThreadLeft = (): boolean => threads.size > 0;

/** The thread starts when something is read, and again when it has ended. Statements run one after the other. */
export function createReader(file: string, limits = defaultReaderLimits, newThread = startThread): Reader {
  const waiting: Waiting[] = [];
  let running: Waiting | undefined;
  let worker: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isListening = false;
  /** The thread is ending: the next one does what waits. */
  let isStopping = false;
  let isEnded = false;

  function start(): Worker {
    const started = newThread(file);
    threads.add(started);
    started.on('message', (said: Reply | Listens) => ('listens' in said ? beginLimit() : settle(said)));
    started.on('error', (error) => settle(error));
    started.on('exit', () => {
      threads.delete(started);
      worker = undefined;
      isListening = false;
      isStopping = false;
      settle(new Error('The thread that reads has ended.'));
    });
    return started;
  }

  /** Sends the next statement to the thread; while there is none, the thread keeps no process alive. */
  function goOn(): void {
    if (running || isStopping || isEnded) return;
    running = waiting.shift();
    if (!running) {
      worker?.unref();
      if (worker) timer = setTimeout(stop, limits.idleMs).unref();
      return;
    }
    clearTimeout(timer);
    if (isListening) beginLimit();
    worker ??= start();
    worker.ref();
    worker.postMessage({ sql: running.sql, parameters: running.parameters } satisfies Statement);
  }

  /**
   * What a statement takes begins when the thread listens: that a busy machine takes long to start one is not its
   * fault.
   */
  function beginLimit(): void {
    isListening = true;
    if (running) timer = setTimeout(giveUp, limits.statementMs);
  }

  function settle(outcome: Reply | Error): void {
    const settled = running;
    clearTimeout(timer);
    running = undefined;
    if (outcome instanceof Error) settled?.reject(outcome);
    else if ('rows' in outcome) settled?.resolve(outcome.rows);
    else settled?.reject(Object.assign(new Error(outcome.failure.message), outcome.failure));
    goOn();
  }

  /** The thread cannot be interrupted in a statement, so it ends after it; others get a new one. */
  function giveUp(): void {
    running?.reject(new ApiError('request.too_broad'));
    running = undefined;
    stop();
  }

  function stop(): Promise<unknown> | undefined {
    isStopping = worker !== undefined;
    return worker?.terminate();
  }

  return {
    run: ({ sql, parameters }) =>
      new Promise((resolve, reject) => {
        if (isEnded) return reject(new Error('The store is closed.'));
        if (waiting.length >= limits.waiting)
          return reject(new ApiError('system.too_many_reads', { retryAfterSeconds }));
        waiting.push({ sql, parameters, resolve, reject });
        goOn();
      }),
    async end() {
      isEnded = true;
      clearTimeout(timer);
      for (const each of [running, ...waiting.splice(0)]) each?.reject(new Error('The store is closed.'));
      let patience: NodeJS.Timeout | undefined;
      const isLate = new Promise<void>((resolve) => {
        patience = setTimeout(resolve, limits.endMs);
      });
      await Promise.race([stop(), isLate]);
      clearTimeout(patience);
    },
  };
}
