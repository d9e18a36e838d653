import { type Database, databases } from '../contenders/contender.ts';
import { sesameLabel } from '../contenders/sesame.ts';
import type { Findings } from '../findings.ts';
import { type Operation, operations } from '../rounds.ts';
import { cellOf, cpuUsOf, row, whole } from './figures.ts';

/** What docs/scaling.md explains: a core is given so much to do, so that waits stay short and a peak has room. */
const share = 0.6;
const peaks = [100, 1_000, 10_000];
/** In a day as many people come as if a third of the peak came all day. */
const averageOfPeak = 1 / 3;
const secondsOfDay = 86_400;
const retentionDays = 90;
const connectionsOfProcess = 10;
const connections = 16;

/** The figures that sizes are reckoned from, and the sizes: what docs/scaling.md shows between its marks. */
export function scalingTables(findings: Findings): string {
  const cpu = (operation: Operation, part: 'server' | 'database', database: Database) =>
    cpuUsOf(cellOf(findings, { operation, connections, label: sesameLabel, database }), part);
  const perSecond = (us: number) => whole((share * 1e6) / us);
  const bytesOfMessage = (database: Database) => {
    const { rows, sizeMb } = findings.filled.find((one) => one.database === database) ?? {};
    return rows && sizeMb ? (sizeMb * 1e6) / rows : Number.NaN;
  };
  const sendAndCheck = (part: 'server' | 'database', database: Database) =>
    cpu('send', part, database) + cpu('check', part, database);
  const figures = [
    row('', 'Process on SQLite', 'Process on PostgreSQL', 'PostgreSQL'),
    '| --- | ---: | ---: | ---: |',
    ...operations.map((operation) =>
      row(
        `CPU of a ${operation}, µs`,
        ...databases.map((database) => whole(cpu(operation, 'server', database))),
        whole(cpu(operation, 'database', 'PostgreSQL')),
      ),
    ),
    row(
      `sends with their checks a second at ${share * 100} % of a core`,
      ...databases.map((database) => perSecond(sendAndCheck('server', database))),
      perSecond(sendAndCheck('database', 'PostgreSQL')),
    ),
    row(
      `sign-ins a second at ${share * 100} % of a core`,
      ...databases.map((database) => perSecond(cpu('sign-in', 'server', database))),
      perSecond(cpu('sign-in', 'database', 'PostgreSQL')),
    ),
    row(
      'disk for a message and its share of a user, bytes',
      whole(bytesOfMessage('SQLite')),
      '',
      whole(bytesOfMessage('PostgreSQL')),
    ),
  ];
  const sizes = [
    row(
      'Sign-ins a second at the peak',
      'Processes, one of them to spare',
      'Cores of PostgreSQL',
      'Connections',
      'Sign-ins a day',
      `Messages of ${retentionDays} days, GB`,
    ),
    '| ---: | ---: | ---: | ---: | ---: | ---: |',
    ...peaks.map((peak) => {
      const coresFor = (us: number) => Math.ceil((peak * us) / (share * 1e6));
      const processes = coresFor(cpu('sign-in', 'server', 'PostgreSQL')) + 1;
      const aDay = peak * averageOfPeak * secondsOfDay;
      return row(
        peak.toLocaleString('en'),
        whole(processes),
        whole(coresFor(cpu('sign-in', 'database', 'PostgreSQL'))),
        whole(processes * connectionsOfProcess),
        `${(aDay / 1e6).toFixed(1)} million`,
        whole((aDay * retentionDays * bytesOfMessage('PostgreSQL')) / 1e9),
      );
    }),
  ];
  const conditions = `Measured: ${findings.conditions.slice(0, 3).join('; ')}; ${connections} connections.`;
  return [conditions, '', ...figures, '', ...sizes, ''].join('\n');
}
