import { Worker } from 'node:worker_threads';
import type { ThreadCall, ThreadData, ThreadReply, Thrown } from './thread/protocol.ts';

/** How long a connector may take, in milliseconds, from when its thread listens; that takes no longer than a load. */
export type ThreadLimits = {
  load: number;
  /** Also to read reports: a provider waits for the answer. */
  check: number;
  /**
   * Also what is asked or told later. Three times what a provider may take by default, and less than a stop of the
   * server waits.
   */
  send: number;
  /** How long a thread that has loaded may be deaf before it is ended: a loop without end, for example. */
  deaf: number;
};

export const defaultLimits: ThreadLimits = { load: 30_000, check: 10_000, send: 30_000, deaf: 10_000 };

/** The connector threw; `thrown` says what. */
export class ThrownInThread extends Error {
  override readonly name = 'ThrownInThread';
  readonly thrown: Thrown;
  constructor(thrown: Thrown) {
    super('The connector threw.');
    this.thrown = thrown;
  }
}

/** The thread gave no answer: too late, or it ended. The message is a sentence for the administrator. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** A connector in a thread of its own, which starts with the first call and again after it ended. */
export type ConnectorThread = {
  /** @returns the answer as JSON @throws ThrownInThread, NoAnswer */
  call: (op: Op, body?: unknown) => Promise<string>;
  /** Ends the thread; the next call starts another one. */
  end: () => Promise<void>;
};

/** What a thread lets know of itself between calls. */
export type ThreadEvents = {
  /** Errors that nobody caught: they cost no send. */
  onUncaught?: (thrown: Thrown) => void;
  /** What the connector writes to the console. It may hold secrets. */
  onOutput?: (text: string) => void;
};

type Op = Exclude<ThreadCall['op'], 'ping'>;
type Pending = { op: Op; resolve: (json: string) => void; reject: (error: Error) => void; timer: NodeJS.Timeout };
type Running = {
  worker: Worker;
  pending: Map<number, Pending>;
  /** When it last said something; not at all before it listens. */
  heardAt: number | undefined;
  pings: NodeJS.Timeout | undefined;
  /** Looks at its memory while something is asked of it. */
  watch: NodeJS.Timeout | undefined;
};

const limitNames: Record<Op, keyof ThreadLimits> = {
  load: 'load',
  check: 'check',
  reports: 'check',
  send: 'send',
  afterwards: 'send',
};
const limitOf = (limits: ThreadLimits, op: Op): number => limits[limitNames[op]];

const file = new URL('./thread/worker.ts', import.meta.url);
const maxMemoryBytes = 512 * 1024 * 1024;
const watchMs = 100;
/**
 * Far beyond what is allowed: one large array past the limit that V8 holds a thread to ends the whole process, so that
 * limit only stays as the last one.
 */
const heapLimitMegabytes = 2048;
const pingMs = 1_000;

const tooMuchMemory = 'The connector took too much memory';

/** A thread has no settings of the server in its environment, and its memory is limited. */
export function createConnectorThread(data: ThreadData, limits: ThreadLimits, events: ThreadEvents): ConnectorThread {
  let running: Running | undefined;
  let lastId = 0;

  function start(): Running {
    const worker = new Worker(file, {
      workerData: data,
      env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SESAME_'))),
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: heapLimitMegabytes },
    });
    const started: Running = { worker, pending: new Map(), heardAt: undefined, pings: undefined, watch: undefined };
    worker.on('message', (reply: ThreadReply) => hear(started, reply));
    worker.on('error', (error: NodeJS.ErrnoException) => {
      const isFull = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      fail(started, isFull ? tooMuchMemory : 'The connector broke down');
    });
    worker.on('exit', () => fail(started, 'The connector ended its own thread'));
    for (const stream of [worker.stdout, worker.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => events.onOutput?.(text));
    }
    return started;
  }

  const silenceOf = ({ heardAt }: Running) => (heardAt === undefined ? 0 : performance.now() - heardAt);

  function hear(from: Running, reply: ThreadReply): void {
    from.heardAt = performance.now();
    if ('uncaught' in reply) events.onUncaught?.(reply.uncaught);
    else if ('flooded' in reply) fail(from, tooMuchMemory);
    else if ('listens' in reply) beginLimits(from);
    else if ('thrown' in reply) settle(from, reply.id)?.reject(new ThrownInThread(reply.thrown));
    else settle(from, reply.id)?.resolve(reply.json);
  }

  function settle(from: Running, id: number): Pending | undefined {
    const pending = from.pending.get(id);
    if (!pending) return undefined;
    clearTimeout(pending.timer);
    from.pending.delete(id);
    if (from.pending.size === 0) {
      clearInterval(from.pings);
      clearInterval(from.watch);
    }
    return pending;
  }

  /** Gives up a call after this time. */
  function limit(asked: Running, id: number, milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      settle(asked, id)?.reject(new NoAnswer(`The connector did not answer within ${milliseconds / 1000} s`));
      // It may still be waiting for something, or it may be deaf for good.
      if (silenceOf(asked) > milliseconds / 2) fail(asked, 'The connector did not react');
    }, milliseconds);
  }

  /** What a connector takes begins when its thread listens: a machine that is busy is not its fault. */
  function beginLimits(listening: Running): void {
    for (const [id, pending] of listening.pending) {
      clearTimeout(pending.timer);
      pending.timer = limit(listening, id, limitOf(limits, pending.op));
    }
  }

  /** Ends a thread that cannot be used any more, and all that it was asked. */
  function fail(ended: Running, reason: string): void {
    if (running === ended) running = undefined;
    for (const id of [...ended.pending.keys()]) settle(ended, id)?.reject(new NoAnswer(reason));
    clearInterval(ended.pings);
    clearInterval(ended.watch);
    void ended.worker.terminate();
  }

  /** From outside: a loop in the connector does not let its own thread look. */
  function watchMemory(busy: Running): void {
    let isLooking = false;
    busy.watch = setInterval(async () => {
      if (isLooking) return;
      isLooking = true;
      // Nothing from a thread that has not begun yet, or has ended.
      const heap = await busy.worker.getHeapStatistics().catch(() => undefined);
      isLooking = false;
      if (heap && heap.used_heap_size + heap.external_memory > maxMemoryBytes) fail(busy, tooMuchMemory);
    }, watchMs);
  }

  function listenForLife(busy: Running): void {
    if (busy.heardAt) busy.heardAt = performance.now();
    busy.pings = setInterval(
      () => {
        if (silenceOf(busy) > limits.deaf) fail(busy, `The connector did not react for ${limits.deaf / 1000} s`);
        else busy.worker.postMessage({ id: 0, op: 'ping' } satisfies ThreadCall);
      },
      Math.min(pingMs, limits.deaf / 2),
    );
  }

  return {
    call(op, body) {
      running ??= start();
      const asked = running;
      lastId += 1;
      const id = lastId;
      const call: ThreadCall = op === 'load' ? { id, op } : { id, op, json: JSON.stringify(body) };
      return new Promise((resolve, reject) => {
        const timer = limit(asked, id, asked.heardAt === undefined ? limits.load : limitOf(limits, op));
        // A module that is evaluated hears nothing meanwhile: on a busy machine for long, and the limit of a load is
        // its own.
        if (asked.pending.size === 0 && op !== 'load') listenForLife(asked);
        if (asked.pending.size === 0) watchMemory(asked);
        asked.pending.set(id, { op, resolve, reject, timer });
        asked.worker.postMessage(call);
      });
    },
    async end() {
      const ended = running;
      if (!ended) return;
      fail(ended, 'The server stops');
      await ended.worker.terminate();
    },
  };
}
