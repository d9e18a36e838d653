import { percentile } from '../conditions.ts';
import { allConnectionCounts, databases } from '../contenders/contender.ts';
import { sesameLabel } from '../contenders/sesame.ts';
import type { Findings } from '../findings.ts';
import { type Cell, operations } from '../rounds.ts';
import { cellOf, cpuUsOf, rateOf, row, times, whole } from './figures.ts';
import { goalLines } from './goals.ts';
import { pauseTable } from './pause-table.ts';

/** The findings as Markdown: conditions, figures, footprints, pauses, goals. */
export function toMarkdown(findings: Findings): string {
  return [
    ...findings.conditions.map((condition) => `- ${condition}`),
    ...findings.filled.map(
      ({ database, rows, seconds, sizeMb }) =>
        `- ${database}: ${rows.toLocaleString('en')} messages and a fifth as many users filled in within ` +
        `${seconds.toFixed(0)} s (${whole(sizeMb)} MB)`,
    ),
    '',
    ...rateTable(findings),
    '',
    ...footprintTable(findings),
    '',
    ...pauseTable(findings.pauses),
    ...goalLines(findings),
    '',
  ].join('\n');
}

function rateTable(findings: Findings): string[] {
  return [
    row(
      'Operation',
      'Connections',
      'Server',
      'Per second',
      'p50 ms',
      'p99 ms',
      'CPU of the server, µs each',
      'CPU of PostgreSQL, µs each',
      'Sesame is',
    ),
    '| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...operations.flatMap((operation) =>
      databases.flatMap((database) =>
        allConnectionCounts.flatMap((connections) => {
          const sesame = cellOf(findings, { operation, connections, label: sesameLabel, database });
          return findings.cells
            .filter((cell) => cell.operation === operation && cell.database === database)
            .filter((cell) => cell.connections === connections)
            .map((cell) => cellRow(cell, rateOf(sesame)));
        }),
      ),
    ),
  ];
}

function cellRow(cell: Cell, sesameRate: number): string {
  const { operation, connections, label, database, latenciesMs } = cell;
  const [p50 = '', p99 = ''] = [50, 99].map((percent) => percentile(latenciesMs, percent).toFixed(2));
  const server = database === 'SQLite' ? label : `${label}, ${database}`;
  const cpu = [cpuUsOf(cell, 'server'), cpuUsOf(cell, 'database')].map((us) => (Number.isNaN(us) ? '' : whole(us)));
  const ratio = label === sesameLabel ? '' : times(sesameRate / rateOf(cell));
  return row(operation, String(connections), server, whole(rateOf(cell)), p50, p99, ...cpu, ratio);
}

function footprintTable({ footprints, bareNodeMemoryMb }: Findings): string[] {
  return [
    row('Server', 'Ready after ms', 'Idle memory MB', 'Memory after load MB'),
    '| --- | ---: | ---: | ---: |',
    ...footprints.map(({ label, database, readyMs, idleMb, loadedMb }) =>
      row(database === 'SQLite' ? label : `${label}, ${database}`, whole(readyMs), whole(idleMb), whole(loadedMb)),
    ),
    row('Node alone', '', whole(bareNodeMemoryMb), ''),
  ];
}
