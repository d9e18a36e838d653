import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type CpuTimes, databases } from '../contenders/contender.ts';
import { startSesame } from '../contenders/sesame.ts';
import { checkEach, sendEach } from '../conversations.ts';
import { startPostgres } from '../postgres.ts';
import { stopServers } from '../server-process.ts';
import { startSmsProvider } from '../sms-provider.ts';
import { kindsOf } from './kinds.ts';

/*
 * Where the time of a hot send and of a hot check goes: by a profile of the main thread, and the CPU of all threads beside
 * it. The server runs from its sources, with a provider over HTTP and without the guard.
 */
const { values } = parseArgs({
  options: {
    database: { type: 'string', default: 'SQLite' },
    connections: { type: 'string', default: '16' },
    sends: { type: 'string', default: '20000' },
  },
});
const database = databases.find((known) => known === values.database);
if (!database) throw new Error(`--database is one of ${databases.join(', ')}`);
const [connections, sends] = [Number(values.connections), Number(values.sends)];

/** @returns how often it was done */
type Operation = { name: string; run: () => Promise<number> };

const folder = mkdtempSync(join(tmpdir(), 'sesame-profile-'));
process.env.PROFILES = folder;
try {
  const postgres = database === 'PostgreSQL' ? await startPostgres(folder) : undefined;
  const ground = { folder, smsPort: (await startSmsProvider()).port, postgres };
  const file = join(import.meta.dirname, 'server.mjs');
  const sesame = await startSesame(ground, { label: 'profile', database, file });
  const contender = await sesame.prepare();
  const operations: Operation[] = [
    {
      name: 'send',
      async run() {
        await sendEach(contender, { connections, sends });
        return sends;
      },
    },
    { name: 'check', run: () => checkEach(contender, connections) },
  ];
  // V8 compiles what runs often.
  for (const { run } of operations) await run();
  for (const [index, { name, run }] of operations.entries()) {
    const before = sesame.cpuMs();
    process.kill(sesame.pid, 'SIGUSR2');
    const count = await run();
    process.kill(sesame.pid, 'SIGUSR2');
    const after = sesame.cpuMs();
    const profile = await readProfile(join(folder, `${index + 1}.cpuprofile`));
    const cpuOf = (of: keyof CpuTimes) => (((after[of] ?? 0) - (before[of] ?? 0)) * 1000) / count;
    process.stdout.write(tableOf(profile, count, { name, server: cpuOf('server'), database: cpuOf('database') }));
  }
} finally {
  await stopServers();
  rmSync(folder, { recursive: true, force: true });
}

/** The server writes it when it has ended. */
async function readProfile(file: string): Promise<Profiler.Profile> {
  for (;;) {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (text.endsWith('}')) return JSON.parse(text) as Profiler.Profile;
    await sleep(50);
  }
}

/** Microseconds for each operation; what is below a hundredth is left out. */
function tableOf(profile: Profiler.Profile, count: number, cpu: { name: string; server: number; database: number }) {
  const kinds = kindsOf(profile);
  const total = kinds.reduce((sum, [, microseconds]) => sum + microseconds, 0);
  const rows = kinds
    .filter(([, microseconds]) => microseconds > total / 100)
    .map(([kind, microseconds]) => {
      const share = Math.round((100 * microseconds) / total);
      return `| ${kind} | ${(microseconds / count).toFixed(1)} | ${share} % |`;
    });
  const title = `${cpu.name}, ${database}, ${connections} at a time: ${(total / count).toFixed(0)} µs of the main thread`;
  const inDatabase = database === 'PostgreSQL' ? ` and ${cpu.database.toFixed(0)} µs in PostgreSQL` : '';
  const all = `${cpu.server.toFixed(0)} µs of CPU in all threads${inDatabase}`;
  return [`${title}; ${all}`, '', '| | µs | |', '| --- | ---: | ---: |', ...rows, '', ''].join('\n');
}
