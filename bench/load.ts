import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isWhole } from './wire.ts';

/** A request, ready for the wire; without a port it goes where the connection belongs. */
export type Exchange = { text: string; port?: number };

/** What somebody asks of a server, one request after the other: yields requests and is given the responses. */
export type Conversation = Generator<Exchange, void, string>;

/** What to ask of servers, and how hard. */
export type Load = {
  /** Connections are shared out among these. */
  ports: readonly number[];
  connections: number;
  /** No conversation begins after this many seconds. */
  seconds: number;
  /** So many conversations begin a second, whenever the others end; without, each begins when one has ended. */
  perSecond?: number | undefined;
  /** The next conversation; `undefined` when there is none left. */
  next: () => Conversation | undefined;
};

/** What came of it: every request was answered well. Times are milliseconds; each latency is of a conversation. */
export type Measurement = { elapsedMs: number; latenciesMs: number[] };

/**
 * Keeps so many connections busy, one request at a time on each. Plain sockets: on a machine with few cores a load
 * generator takes its time from the server that it measures, so it should take little.
 * @throws when an answer is neither 2xx nor 3xx, or a connection ends
 */
export async function run({
  ports,
  connections,
  seconds,
  perSecond = Number.POSITIVE_INFINITY,
  next,
}: Load): Promise<Measurement> {
  const homes = await Promise.all(
    Array.from({ length: connections }, (_, index) => openLine(ports[index % ports.length] ?? 0)),
  );
  const lines = new Set(homes);
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  const deadline = startedAt + seconds * 1000;
  let begun = 0;
  const nextInTime = async () => {
    const waitMs = startedAt + (begun * 1000) / perSecond - performance.now();
    begun += 1;
    if (waitMs > 0) await sleep(waitMs);
    return performance.now() < deadline ? next() : undefined;
  };
  const openAside = async (port: number) => {
    const line = await openLine(port);
    lines.add(line);
    return line;
  };
  try {
    await Promise.all(homes.map((home) => keepBusy(home, nextInTime, openAside, latenciesMs)));
    return { elapsedMs: performance.now() - startedAt, latenciesMs };
  } finally {
    for (const line of lines) line.close();
  }
}

async function keepBusy(
  home: Line,
  next: () => Promise<Conversation | undefined>,
  openAside: (port: number) => Promise<Line>,
  latenciesMs: number[],
): Promise<void> {
  const asides = new Map<number, Line>();
  const lineTo = async (port: number) => {
    const line = asides.get(port) ?? (await openAside(port));
    asides.set(port, line);
    return line;
  };
  for (let conversation = await next(); conversation; conversation = await next()) {
    const startedAt = performance.now();
    for (let step = conversation.next(); !step.done; ) {
      const { text, port } = step.value;
      const line = port === undefined ? home : await lineTo(port);
      step = conversation.next(await line.ask(text));
    }
    latenciesMs.push(performance.now() - startedAt);
  }
}

/** A connection that stays open: a request, then its response, then the next. */
export type Line = { ask: (request: string) => Promise<string>; close: () => void };

/** Connects to a server on this machine. */
export function openLine(port: number): Promise<Line> {
  let received = '';
  let waiting: PromiseWithResolvers<string> | undefined;
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    received += chunk;
    if (!isWhole(received)) return;
    const response = received;
    received = '';
    if (/^[23]/.test(response.charAt(9))) waiting?.resolve(response);
    else waiting?.reject(new Error(`A request failed:\n${response}`));
  });
  socket.on('close', () => waiting?.reject(new Error(`The server closed a connection: ${received}`)));
  const line: Line = {
    ask(request) {
      waiting = Promise.withResolvers();
      socket.write(request);
      return waiting.promise;
    },
    close: () => socket.destroy(),
  };
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(line));
    socket.on('error', (error) => {
      reject(error);
      waiting?.reject(error);
    });
  });
}
