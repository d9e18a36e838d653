import { percentile } from './conditions.ts';
import { type Cell, connectionCounts, type Operation } from './rounds.ts';

/** What a server needs before it does anything. */
export type Footprint = { label: string; readyMs: number; memoryMb: number | undefined };

/** Everything that a run found. */
export type Findings = {
  conditions: readonly string[];
  cells: readonly Cell[];
  footprints: readonly Footprint[];
  bareNodeMemoryMb: number | undefined;
};

const operations: readonly Operation[] = ['send', 'check'];

/** The findings as Markdown: conditions, figures, footprints, goals. */
export function toMarkdown(findings: Findings): string {
  const { conditions, cells, footprints, bareNodeMemoryMb } = findings;
  return [
    ...conditions.map((condition) => `- ${condition}`),
    '',
    '| Operation | Connections | Server | Per second | p50 ms | p99 ms | Sesame is |',
    '| --- | ---: | --- | ---: | ---: | ---: | ---: |',
    ...operations.flatMap((operation) =>
      connectionCounts.flatMap((connections) =>
        cells
          .filter((cell) => cell.operation === operation && cell.connections === connections)
          .map((cell) => cellRow(cell, rateOf(findings, operation, connections, 'Sesame'))),
      ),
    ),
    '',
    '| Server | Ready after ms | Idle memory MB |',
    '| --- | ---: | ---: |',
    ...footprints.map(({ label, readyMs, memoryMb }) => row(label, readyMs.toFixed(0), inMb(memoryMb))),
    row('Node alone', '', inMb(bareNodeMemoryMb)),
    '',
    ...goalLines(findings),
    '',
  ].join('\n');
}

function cellRow(cell: Cell, sesameRate: number): string {
  const { operation, connections, label, latenciesMs } = cell;
  const [p50, p99] = [50, 99].map((percent) => percentile(latenciesMs, percent).toFixed(2));
  const ratio = label === 'Sesame' ? '' : times(sesameRate / rate(cell));
  return row(operation, String(connections), label, rate(cell).toFixed(0), p50 ?? '', p99 ?? '', ratio);
}

function goalLines(findings: Findings): string[] {
  const goal = (isReached: boolean, text: string) => `- ${isReached ? 'reached' : '**not reached**'}: ${text}`;
  const ratioGoal = (operation: Operation, connections: number, label: string, atLeast: number) => {
    const ratio = rateOf(findings, operation, connections, 'Sesame') / rateOf(findings, operation, connections, label);
    return goal(ratio >= atLeast, `${operation} at ${connections}: ${times(ratio)} ${label}, goal ${times(atLeast)}`);
  };
  const sesame = findings.footprints.find(({ label }) => label === 'Sesame');
  const { readyMs = Number.NaN, memoryMb = Number.NaN } = sesame ?? {};
  return [
    ratioGoal('send', 16, 'better-auth', 5),
    ratioGoal('check', 16, 'better-auth', 15),
    ratioGoal('send', 64, 'better-auth', 8),
    ratioGoal('check', 64, 'better-auth', 30),
    ...[16, 64].flatMap((connections) =>
      operations.map((operation) => ratioGoal(operation, connections, 'bare route', 0.5)),
    ),
    goal(memoryMb <= 120, `idle memory ${inMb(memoryMb)} MB, goal 120 MB`),
    goal(readyMs <= 1000, `ready after ${readyMs.toFixed(0)} ms, goal 1000 ms`),
  ];
}

const rate = ({ latenciesMs, elapsedMs }: Cell) => (latenciesMs.length / elapsedMs) * 1000;

function rateOf({ cells }: Findings, operation: Operation, connections: number, label: string): number {
  const found = cells.find(
    (cell) => cell.operation === operation && cell.connections === connections && cell.label === label,
  );
  return found ? rate(found) : Number.NaN;
}

const row = (...columns: string[]) => `| ${columns.join(' | ')} |`;
const times = (ratio: number) => `${ratio.toFixed(2)}×`;
const inMb = (memoryMb: number | undefined) => memoryMb?.toFixed(0) ?? '–';
