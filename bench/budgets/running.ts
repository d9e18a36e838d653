import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { groupedLabel, startBare } from '../contenders/bare.ts';
import type { Ground } from '../contenders/contender.ts';
import { inboxLabel, sesameLabel, startSesame } from '../contenders/sesame.ts';
import { sendAndCheck, sendAndCheckEach } from '../conversations.ts';
import { cellOf, cpuUsOf } from '../report/figures.ts';
import { type Cell, type Operation, type Ready, runRounds } from '../rounds.ts';
import { startServer, stopServers } from '../server-process.ts';
import type { Figures, runBudgets } from './budgets.ts';

const connections = 16;
const [rounds, seconds, idleMs, loadSeconds] = [6, 1, 3_000, 30];
/** After so many, what is asked often is compiled, and stays so. */
const sendsBefore = 10_000;

/** Runs Sesame on SQLite beside the bare route, and measures what both take; about two minutes. */
export async function measureRunning(): Promise<Figures<typeof runBudgets>> {
  const folder = mkdtempSync(join(tmpdir(), 'sesame-budgets-'));
  try {
    return await measureIn(folder);
  } finally {
    await stopServers();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureIn(folder: string): Promise<Figures<typeof runBudgets>> {
  const provider = await startServer({
    file: join(import.meta.dirname, '../servers/sms-endpoint.ts'),
    env: (port) => ({ PORT: String(port) }),
    statusPath: '/status',
  });
  const database = 'SQLite';
  const ground: Ground = { folder, smsPort: provider.port, postgres: undefined };
  const sesame = await startSesame(ground, { label: sesameLabel, database });
  const others = [
    await startSesame(ground, { label: inboxLabel, database, withInbox: true }),
    await startBare(ground, database),
  ];
  await sleep(idleMs);
  const idleMemory = sesame.memoryMb() ?? Number.NaN;
  const ready: Ready[] = [];
  for (const started of [sesame, ...others]) {
    ready.push({ started, contender: { ...(await started.prepare()), connectionCounts: [connections] } });
  }
  for (const { contender } of ready) await sendAndCheckEach(contender, sendsBefore);
  const measured: Cell[][] = [];
  for (let round = 0; round < rounds; round++) measured.push(await runRounds(ready, 1, seconds));
  const [loaded] = ready;
  if (loaded) await sendAndCheck(loaded.contender, loadSeconds);
  // Whatever else the machine does adds to a round, and never takes away from it.
  const cpu = (operation: Operation, label: string) =>
    Math.min(...measured.map((cells) => cpuUsOf(cellOf({ cells }, { operation, connections, label }), 'server')));
  return {
    sendCpu: cpu('send', inboxLabel) / cpu('send', groupedLabel),
    providerSendCpu: cpu('send', sesameLabel) / cpu('send', groupedLabel),
    checkCpu: cpu('check', sesameLabel) / cpu('check', groupedLabel),
    start: sesame.readyMs,
    idleMemory,
    loadedMemory: sesame.memoryMb() ?? Number.NaN,
  };
}
