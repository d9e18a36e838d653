import { groupedLabel } from '../contenders/bare.ts';
import { betterAuthLabel } from '../contenders/better-auth.ts';
import { busyConnectionCounts, type Database } from '../contenders/contender.ts';
import { filledLabel, inboxLabel, sesameLabel } from '../contenders/sesame.ts';
import type { Findings } from '../findings.ts';
import { startPause } from '../pauses.ts';
import type { Operation } from '../rounds.ts';
import { cellOf, cpuUsOf, rateOf, times, whole } from './figures.ts';

/** What is wanted: a figure, and how much it should be at least or at most. */
type Goal = { says: string; is: number; unit: '×' | ' ms' | ' MB' } & ({ atLeast: number } | { atMost: number });

/** Which goals are reached and which are not; those that were not measured are said to be so. */
export function goalLines(findings: Findings): string[] {
  const goals = [...rateGoals(findings), ...cpuGoals(findings), ...rowGoals(findings), ...footprintGoals(findings)];
  return goals.map(({ says, is, unit, ...wanted }) => {
    const [limit, words, isReached] =
      'atLeast' in wanted
        ? [wanted.atLeast, 'at least', is >= wanted.atLeast]
        : [wanted.atMost, 'at most', is <= wanted.atMost];
    const verdict = Number.isNaN(is) ? 'not measured' : isReached ? 'reached' : '**not reached**';
    const value = unit === '×' ? times(is) : `${whole(is)}${unit}`;
    return `- ${verdict}: ${says}: ${value}, goal ${words} ${limit}${unit}`;
  });
}

const least: Record<string, Record<'send' | 'check', Record<(typeof busyConnectionCounts)[number], number>>> = {
  [betterAuthLabel]: { send: { 16: 5, 64: 8 }, check: { 16: 15, 64: 30 } },
  [groupedLabel]: { send: { 16: 0.4, 64: 0.35 }, check: { 16: 0.5, 64: 0.5 } },
};
const sendsAndChecks = ['send', 'check'] as const;

function rateGoals(findings: Findings): Goal[] {
  const ratio = (operation: Operation, connections: number, label: string, database: Database) =>
    rateOf(cellOf(findings, { operation, connections, label: sesameLabel, database })) /
    rateOf(cellOf(findings, { operation, connections, label, database }));
  const onSqlite = Object.entries(least).flatMap(([label, byOperation]) =>
    sendsAndChecks.flatMap((operation) =>
      busyConnectionCounts.map(
        (connections): Goal => ({
          says: `${operation} at ${connections}, to ${label}`,
          is: ratio(operation, connections, label, 'SQLite'),
          unit: '×',
          atLeast: byOperation[operation][connections],
        }),
      ),
    ),
  );
  const onPostgres = busyConnectionCounts.flatMap((connections): Goal[] => {
    const ours = { operation: 'send', connections, label: sesameLabel } as const;
    const toSqlite = rateOf(cellOf(findings, { ...ours, database: 'PostgreSQL' })) / rateOf(cellOf(findings, ours));
    const says = `send at ${connections} on PostgreSQL`;
    return [
      { says: `${says}, to SQLite`, is: toSqlite, unit: '×', atLeast: 0.5 },
      {
        says: `${says}, to better-auth there`,
        is: ratio('send', connections, betterAuthLabel, 'PostgreSQL'),
        unit: '×',
        atLeast: 3,
      },
    ];
  });
  return [...onSqlite, ...onPostgres];
}

/**
 * CPU of PostgreSQL for a send, in those for a send of the bare grouped route, before what arrives together travelled
 * together: half of it is the goal.
 */
const postgresCpuBefore = 8;

function cpuGoals(findings: Findings): Goal[] {
  const connections = 16;
  const cpu = (label: string, part: 'server' | 'database', database: Database) =>
    cpuUsOf(cellOf(findings, { operation: 'send', connections, label, database }), part);
  const toBare = (label: string) => cpu(label, 'server', 'SQLite') / cpu(groupedLabel, 'server', 'SQLite');
  const ofPostgres = cpu(sesameLabel, 'database', 'PostgreSQL') / cpu(groupedLabel, 'database', 'PostgreSQL');
  const says = `CPU of a send at ${connections}, to the ${groupedLabel}`;
  return [
    { says: `${says}, without a provider`, is: toBare(inboxLabel), unit: '×', atMost: 2.5 },
    { says: `${says}, with one`, is: toBare(sesameLabel), unit: '×', atMost: 4 },
    { says: `${says}, in PostgreSQL`, is: ofPostgres, unit: '×', atMost: postgresCpuBefore / 2 },
  ];
}

function rowGoals(findings: Findings): Goal[] {
  return findings.filled.flatMap(({ database, rows }): Goal[] => {
    const label = filledLabel(rows);
    const full = `${rows.toLocaleString('en')} messages on ${database}`;
    const pauses = findings.pauses.find((measured) => measured.database === database)?.pauses ?? [];
    const asked = pauses.filter(({ name }) => name !== startPause);
    const worst = asked.toSorted((one, other) => other.longestMs - one.longestMs)[0];
    const kept = sendsAndChecks.flatMap((operation) =>
      busyConnectionCounts.map((connections): Goal => {
        const [filled, empty] = [label, sesameLabel].map((one) =>
          rateOf(cellOf(findings, { operation, connections, label: one, database })),
        );
        const is = (filled ?? Number.NaN) / (empty ?? Number.NaN);
        return { says: `${operation} at ${connections} with ${full}, to empty`, is, unit: '×', atLeast: 0.8 };
      }),
    );
    const start = findings.footprints.find((one) => one.label === label && one.database === database);
    return [
      { says: `start with ${full}`, is: start?.readyMs ?? Number.NaN, unit: ' ms', atMost: 2_000 },
      {
        says: `longest wait of others with ${full} (${worst?.name})`,
        is: worst?.longestMs ?? Number.NaN,
        unit: ' ms',
        atMost: 50,
      },
      ...kept,
    ];
  });
}

function footprintGoals({ footprints }: Findings): Goal[] {
  const sesame = footprints.find(({ label, database }) => label === sesameLabel && database === 'SQLite');
  return [
    { says: 'memory idle', is: sesame?.idleMb ?? Number.NaN, unit: ' MB', atMost: 100 },
    { says: 'memory after load', is: sesame?.loadedMb ?? Number.NaN, unit: ' MB', atMost: 200 },
    { says: 'start with an empty database', is: sesame?.readyMs ?? Number.NaN, unit: ' ms', atMost: 1_000 },
  ];
}
