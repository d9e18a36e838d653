import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Line, openLine } from './load.ts';
import type { Read } from './reads.ts';
import { toRequest } from './wire.ts';

/** How long everybody waited at worst while something was asked for; times are milliseconds. */
export type Pause = {
  name: string;
  /** Until the answer, at worst; `undefined` for what the server does not have, or what nobody asked for. */
  answerMs: number | undefined;
  /** What was answered instead. */
  refusal?: string;
  /** Of `/livez`, asked every few milliseconds. */
  longestMs: number;
  /** Of a process that has nothing to do with it, asked as often: what the machine adds. */
  elsewhereMs: number;
};

/** Where to ask. */
export type Places = { port: number; headers: Record<string, string>; idlePort: number };

/** The seconds right after the start, which belong to no list and no housekeeping. */
export const startPause = 'the first three seconds after the start';

const probeEveryMs = 3;
const leastMs = 300;
/** An export goes on for as long as there are rows; after so long the reader leaves. */
const patienceMs = 15_000;

/** Asks for one after the other, each at least for a while, and how long others wait meanwhile. */
export async function measurePauses(places: Places, reads: readonly Read[]): Promise<Pause[]> {
  const pauses: Pause[] = [];
  for (const read of reads) {
    const answers: Answer[] = [];
    const waits = await probe(places, async () => {
      const startedAt = performance.now();
      do answers.push(await ask(places, read));
      while (performance.now() - startedAt < leastMs);
    });
    const refusal = answers.find(({ refusal }) => refusal !== undefined)?.refusal;
    const answerMs = Math.max(...answers.map(({ ms }) => ms));
    pauses.push({ name: read.name, ...waits, ...(refusal ? { answerMs: undefined, refusal } : { answerMs }) });
  }
  return pauses;
}

/** How long everybody waits at worst while nobody asks for anything, for so many milliseconds. */
export async function measureQuiet(places: Omit<Places, 'headers'>, name: string, ms: number): Promise<Pause> {
  return { name, answerMs: undefined, ...(await probe(places, () => sleep(ms))) };
}

async function probe(
  { port, idlePort }: Pick<Places, 'port' | 'idlePort'>,
  meanwhile: () => Promise<unknown>,
): Promise<Pick<Pause, 'longestMs' | 'elsewhereMs'>> {
  const [live, idle] = await Promise.all([openLine(port), openLine(idlePort)]);
  let isOver = false;
  const over = () => isOver;
  const waiting = Promise.all([longestWait(live, '/livez', over), longestWait(idle, '/status', over)]);
  try {
    await meanwhile();
  } finally {
    isOver = true;
  }
  const [longestMs, elsewhereMs] = await waiting;
  live.close();
  idle.close();
  return { longestMs, elsewhereMs };
}

async function longestWait(line: Line, path: string, isOver: () => boolean): Promise<number> {
  const text = toRequest('GET', path, { host: 'localhost' });
  let longest = 0;
  do {
    const startedAt = performance.now();
    await line.ask(text);
    longest = Math.max(longest, performance.now() - startedAt);
    await sleep(probeEveryMs);
  } while (!isOver());
  return longest;
}

type Answer = { ms: number; refusal?: string };

/** The answer is read and thrown away. */
function ask({ port, headers }: Places, { path, accept = 'application/json' }: Read): Promise<Answer> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path, headers: { ...headers, accept }, agent: false });
    asking.on('response', (response) => {
      const type = String(response.headers['content-type']).split(';')[0];
      const isServed = response.statusCode === 200 && type === accept;
      const done = () =>
        resolve({ ms: performance.now() - startedAt, ...(!isServed && { refusal: `${response.statusCode} ${type}` }) });
      const patience = setTimeout(() => response.destroy(), patienceMs);
      response.resume().on('error', done);
      response.on('close', () => {
        clearTimeout(patience);
        done();
      });
    });
    asking.on('error', reject).end();
  });
}
