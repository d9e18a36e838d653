import {
  allConnectionCounts,
  busyConnectionCounts,
  type Contender,
  type CpuTimes,
  type Database,
  type SentCode,
  type Started,
  type Variant,
} from './contenders/contender.ts';
import { checksOf, sendsOf, signInsOf, stockUp } from './conversations.ts';
import { type Conversation, run } from './load.ts';

export const operations = ['send', 'check', 'sign-in'] as const;
export type Operation = (typeof operations)[number];

/** A server under test, ready to be asked. */
export type Ready = { started: Started; contender: Contender };

/** What was measured for one variant at one number of connections, over all rounds. Times are milliseconds. */
export type Cell = {
  operation: Operation;
  connections: number;
  label: string;
  database: Database;
  elapsedMs: number;
  latenciesMs: number[];
  /** Used meanwhile by all processes of the server, and by those of the database. */
  cpuMs: CpuTimes;
};

/** Lets every server compile its hot paths before anything counts. */
export async function warmUp(ready: readonly Ready[]): Promise<void> {
  await runRound(ready, 0.4);
}

/** Measures everything in several rounds, taking turns, so that a slow moment of the machine hits all alike. */
export async function runRounds(ready: readonly Ready[], rounds: number, seconds: number): Promise<Cell[]> {
  const cells = new Map<string, Cell>();
  for (let round = 0; round < rounds; round++) {
    for (const cell of await runRound(ready, seconds)) {
      const key = [cell.operation, cell.connections, cell.label, cell.database].join('/');
      const before = cells.get(key);
      cells.set(key, before ? merged(before, cell) : cell);
    }
  }
  return [...cells.values()];
}

function merged(one: Cell, other: Cell): Cell {
  const sum = (part: keyof CpuTimes) => {
    const [first, second] = [one.cpuMs[part], other.cpuMs[part]];
    return first === undefined || second === undefined ? undefined : first + second;
  };
  return {
    ...one,
    elapsedMs: one.elapsedMs + other.elapsedMs,
    latenciesMs: one.latenciesMs.concat(other.latenciesMs),
    cpuMs: { server: sum('server'), database: sum('database') },
  };
}

async function runRound(ready: readonly Ready[], seconds: number): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const { one, connections, variant } of turns(ready, ({ sends }) => sends)) {
    cells.push(await measure(one, { operation: 'send', variant, connections, seconds, next: sendsOf(variant) }));
  }
  const stocks = new Map<Contender, SentCode[][]>();
  for (const one of ready) stocks.set(one.contender, await stockUp(one.contender, seconds));
  for (const { one, connections, variant } of turns(ready, ({ checks }) => checks)) {
    const next = checksOf(variant, stocks.get(one.contender)?.pop() ?? []);
    cells.push(await measure(one, { operation: 'check', variant, connections, seconds, next }));
  }
  for (const { one, connections, variant } of turns(ready, ({ signIns }) => signIns?.variants ?? [])) {
    if (!(busyConnectionCounts as readonly number[]).includes(connections)) continue;
    const next = signInsOf(one.contender, variant);
    cells.push(await measure(one, { operation: 'sign-in', variant, connections, seconds, next }));
  }
  return cells;
}

/** Whose turn it is, one number of connections after the other. */
function turns(ready: readonly Ready[], variantsOf: (contender: Contender) => readonly Variant[]) {
  return allConnectionCounts.flatMap((connections) =>
    ready
      .filter(({ contender }) => contender.connectionCounts.includes(connections))
      .flatMap((one) => variantsOf(one.contender).map((variant) => ({ one, connections, variant })))
      .filter(({ variant }) => variant.ports.length <= connections),
  );
}

type Turn = {
  operation: Operation;
  variant: Variant;
  connections: number;
  seconds: number;
  next: () => Conversation | undefined;
};

async function measure({ started }: Ready, { operation, variant, connections, seconds, next }: Turn): Promise<Cell> {
  const before = started.cpuMs();
  const measurement = await run({ ports: variant.ports, connections, seconds, next });
  const after = started.cpuMs();
  const used = (part: keyof CpuTimes) => {
    const [from, until] = [before[part], after[part]];
    return from === undefined || until === undefined ? undefined : until - from;
  };
  const cpuMs = { server: used('server'), database: used('database') };
  return { operation, connections, label: variant.label, database: started.database, ...measurement, cpuMs };
}
