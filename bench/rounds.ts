import type { Contender, SentCode, Variant } from './contenders/contender.ts';
import { run } from './load.ts';

export type Operation = 'send' | 'check';

/** What was measured for one variant at one number of connections, over all rounds. Times are milliseconds. */
export type Cell = {
  operation: Operation;
  connections: number;
  label: string;
  elapsedMs: number;
  latenciesMs: number[];
};

export const connectionCounts = [1, 16, 64] as const;

const mostConnections = Math.max(...connectionCounts);

/** Lets every server compile its hot paths before anything counts. */
export async function warmUp(contenders: readonly Contender[]): Promise<void> {
  await runRound(contenders, 0.5);
}

/** Measures everything in several rounds, taking turns, so that a slow moment of the machine hits all alike. */
export async function runRounds(contenders: readonly Contender[], rounds: number, seconds: number): Promise<Cell[]> {
  const cells = new Map<string, Cell>();
  for (let round = 0; round < rounds; round++) {
    for (const cell of await runRound(contenders, seconds)) {
      const key = `${cell.operation} ${cell.connections} ${cell.label}`;
      const { elapsedMs = 0, latenciesMs = [] } = cells.get(key) ?? {};
      const merged = { elapsedMs: elapsedMs + cell.elapsedMs, latenciesMs: latenciesMs.concat(cell.latenciesMs) };
      cells.set(key, { ...cell, ...merged });
    }
  }
  return [...cells.values()];
}

async function runRound(contenders: readonly Contender[], seconds: number): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const connections of connectionCounts) {
    for (const { sends } of contenders) {
      for (const send of sends) cells.push(await measureSends(send, connections, seconds));
    }
  }
  const stocks = new Map<Contender, SentCode[][]>();
  for (const contender of contenders) stocks.set(contender, await stockUp(contender, seconds));
  for (const connections of connectionCounts) {
    for (const contender of contenders) {
      for (const check of contender.checks) {
        const codes = stocks.get(contender)?.pop() ?? [];
        cells.push(await measureChecks(check, connections, seconds, codes));
      }
    }
  }
  return cells;
}

/** A share of codes for each measurement of checks: those sent so far, and a second helping that is not measured. */
async function stockUp({ sends, checks, takeCodes }: Contender, seconds: number): Promise<SentCode[][]> {
  const [send] = sends;
  if (!send || checks.length === 0) return [];
  await measureSends(send, mostConnections, seconds);
  const codes = await takeCodes();
  const shareCount = checks.length * connectionCounts.length;
  const shareSize = Math.floor(codes.length / shareCount);
  return Array.from({ length: shareCount }, () => codes.splice(0, shareSize));
}

let phonesUsed = 0;

/** Numbers of China Mobile, each used for one send only. */
const nextPhone = () => `+86138${String(phonesUsed++).padStart(8, '0')}`;

async function measureSends({ label, port, toRequest }: Variant, connections: number, seconds: number): Promise<Cell> {
  const nextRequest = () => toRequest(nextPhone(), '');
  const measurement = await run({ port, connections, seconds, nextRequest });
  return { operation: 'send', connections, label, ...measurement };
}

async function measureChecks(
  { label, port, toRequest }: Variant,
  connections: number,
  seconds: number,
  codes: readonly SentCode[],
): Promise<Cell> {
  const left = codes.values();
  const nextRequest = () => {
    const { value } = left.next();
    return value && toRequest(...value);
  };
  const measurement = await run({ port, connections, seconds, nextRequest });
  return { operation: 'check', connections, label, ...measurement };
}
