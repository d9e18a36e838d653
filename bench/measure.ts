import { setTimeout as sleep } from 'node:timers/promises';
import { describeConditions } from './conditions.ts';
import { startBare } from './contenders/bare.ts';
import { startBetterAuth } from './contenders/better-auth.ts';
import { type Database, type Ground, newLocation, type Started } from './contenders/contender.ts';
import { filledLabel, inboxLabel, sesameLabel, startSesame } from './contenders/sesame.ts';
import { sendAndCheck } from './conversations.ts';
import { fill } from './fill/fill.ts';
import { amountsFor } from './fill/rows.ts';
import { sizeMbOf } from './fill/size.ts';
import type { Filled, Findings, Footprint } from './findings.ts';
import type { Options } from './options.ts';
import { measurePauses, measureQuiet, type Pause, startPause } from './pauses.ts';
import type { Postgres } from './postgres.ts';
import { readsOf } from './reads.ts';
import { type Ready, runRounds, warmUp } from './rounds.ts';
import { bareNodeMemoryMb } from './server-process.ts';
import { startSmsProvider } from './sms-provider.ts';

const idleMs = 3_000;

type Run = { folder: string; postgres: Postgres | undefined; options: Options; databases: readonly Database[] };

/** Starts every server and measures everything, one after the other. */
export async function measure({ folder, postgres, options, databases }: Run): Promise<Findings> {
  const provider = await startSmsProvider();
  const ground: Ground = { folder, smsPort: provider.port, postgres };
  say('Starting each server three times.');
  const started: Started[] = [];
  for (const start of startsOf(ground, databases, options)) started.push(await start());
  const full = options.rows > 0 ? await startFull(ground, databases, options.rows) : [];
  say('Leaving them idle.');
  const quietly = (name: string) =>
    Promise.all(full.map(({ server }) => measureQuiet({ ...server, idlePort: provider.port }, name, idleMs)));
  const [atStart] = await Promise.all([quietly(startPause), sleep(idleMs)]);
  const idle = started.map((server) => server.memoryMb());
  const [housekeeping, nodeMemoryMb] = await Promise.all([
    quietly('housekeeping alone, after that'),
    bareNodeMemoryMb(idleMs),
  ]);
  const conditions = describeConditions({ folder, postgres, options });
  const ready: Ready[] = [];
  for (const server of [...started, ...full.map(({ server }) => server)]) {
    ready.push({ started: server, contender: await server.prepare() });
  }
  say('Warming up.');
  await warmUp(ready);
  say(`Measuring; rounds: ${options.rounds}.`);
  const cells = await runRounds(ready, options.rounds, options.seconds);
  const pauses: Findings['pauses'][number][] = [];
  for (const [index, { server }] of full.entries()) {
    const asked = await askForLists(ready, server, { rows: options.rows, idlePort: provider.port });
    const quiet = [atStart[index], housekeeping[index]].filter((pause) => pause !== undefined);
    pauses.push({ database: server.database, pauses: [...quiet, ...asked] });
  }
  const loaded = await loadedMemory(ready, options.loadSeconds);
  const footprints: Footprint[] = started.map((server, index) => ({
    ...server,
    idleMb: idle[index],
    loadedMb: loaded.get(server),
  }));
  for (const { server } of full) footprints.push({ ...server, idleMb: undefined, loadedMb: undefined });
  return {
    conditions,
    filled: full.map(({ filled }) => filled),
    cells,
    footprints,
    bareNodeMemoryMb: nodeMemoryMb,
    pauses,
  };
}

/** Everybody who takes part, in the order of the report. */
function startsOf(ground: Ground, databases: readonly Database[], { processes }: Options): (() => Promise<Started>)[] {
  return databases.flatMap((database) => [
    () =>
      startSesame(ground, {
        label: sesameLabel,
        database,
        withSignIns: true,
        // SQLite has one process.
        ...(database === 'PostgreSQL' && { processes: [1, ...processes] }),
      }),
    ...(database === 'SQLite' ? [() => startSesame(ground, { label: inboxLabel, database, withInbox: true })] : []),
    () => startBetterAuth(ground, database),
    () => startBare(ground, database),
  ]);
}

type Full = { server: Started & { port: number }; filled: Filled };

async function startFull(ground: Ground, databases: readonly Database[], rows: number): Promise<Full[]> {
  const places = [];
  for (const database of databases) {
    say(`Filling ${database} with ${rows.toLocaleString('en')} messages.`);
    const location = await newLocation(ground, database);
    const seconds = await fill(location, amountsFor(rows));
    places.push({ location, filled: { database, rows, seconds, sizeMb: await sizeMbOf(location) } });
  }
  // Together at last: housekeeping begins with the start.
  const label = filledLabel(rows);
  const full: Full[] = [];
  for (const { location, filled } of places) {
    full.push({ filled, server: await startSesame(ground, { label, database: filled.database, location }) });
  }
  return full;
}

type Asking = { rows: number; idlePort: number };

async function askForLists(ready: readonly Ready[], server: Started, { rows, idlePort }: Asking): Promise<Pause[]> {
  say(`Asking for lists, figures and exports on ${server.database}.`);
  const { management } = ready.find(({ started }) => started === server)?.contender ?? {};
  return management ? measurePauses({ ...management, idlePort }, readsOf(amountsFor(rows), Date.now())) : [];
}

/** Sends and checks for a while at each Sesame that has the whole load to itself, then looks at its memory. */
async function loadedMemory(ready: readonly Ready[], seconds: number): Promise<Map<Started, number | undefined>> {
  const loaded = new Map<Started, number | undefined>();
  for (const { started, contender } of ready) {
    if (seconds === 0 || started.label !== sesameLabel) continue;
    say(`Sending and checking for ${seconds} s on ${started.database}.`);
    await sendAndCheck(contender, seconds);
    loaded.set(started, started.memoryMb());
  }
  return loaded;
}

/** Progress goes to stderr: stdout is the report alone. */
function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
