import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { groupedLabel, startBare } from '../contenders/bare.ts';
import type { Contender, Ground, Started, Variant } from '../contenders/contender.ts';
import { inboxLabel, sesameLabel, startSesame } from '../contenders/sesame.ts';
import { checkEach, sendAndCheck, sendEach } from '../conversations.ts';
import { stopServers } from '../server-process.ts';
import { startSmsProvider } from '../sms-provider.ts';
import type { Figures, runBudgets } from './budgets.ts';

/** By number rather than by time, so that a busy machine groups and compiles as much as an idle one. */
const each = { connections: 16, sends: 2_000 };
const [rounds, idleMs, loadSeconds] = [10, 3_000, 30];

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
  const provider = await startSmsProvider();
  const database = 'SQLite';
  const ground: Ground = { folder, smsPort: provider.port, postgres: undefined };
  const sesame = await startSesame(ground, { label: sesameLabel, database });
  const inbox = await startSesame(ground, { label: inboxLabel, database, withInbox: true });
  const bare = await startBare(ground, database);
  await sleep(idleMs);
  const idleMemory = sesame.memoryMb() ?? Number.NaN;
  const best = new Map<Started, Cpu>();
  const contenders = new Map<Started, Contender>();
  for (const started of [sesame, inbox]) contenders.set(started, await started.prepare());
  contenders.set(bare, groupedOf(await bare.prepare()));
  // Whatever else the machine does adds to a round, and so does compiling to the first ones.
  for (let round = 0; round < rounds; round++) {
    for (const [started, contender] of contenders) {
      const before = best.get(started) ?? { send: Number.POSITIVE_INFINITY, check: Number.POSITIVE_INFINITY };
      const { send, check } = await cpuOfEach(started, contender);
      best.set(started, { send: Math.min(before.send, send), check: Math.min(before.check, check) });
    }
  }
  const loaded = contenders.get(sesame);
  if (loaded) await sendAndCheck(loaded, loadSeconds);
  const cpu = (operation: keyof Cpu, started: Started) => best.get(started)?.[operation] ?? Number.NaN;
  return {
    sendCpu: cpu('send', inbox) / cpu('send', bare),
    providerSendCpu: cpu('send', sesame) / cpu('send', bare),
    checkCpu: cpu('check', sesame) / cpu('check', bare),
    start: sesame.readyMs,
    idleMemory,
    loadedMemory: sesame.memoryMb() ?? Number.NaN,
  };
}

const isGrouped = ({ label }: Variant) => label === groupedLabel;
const groupedOf = ({ sends, checks, ...contender }: Contender): Contender => ({
  ...{ ...contender, sends: sends.filter(isGrouped), checks: checks.filter(isGrouped) },
});

/** CPU of the server for each send and each check, in microseconds. */
type Cpu = { send: number; check: number };

async function cpuOfEach(started: Started, contender: Contender): Promise<Cpu> {
  const now = () => started.cpuMs().server ?? Number.NaN;
  const begin = now();
  await sendEach(contender, each);
  const sent = now();
  const checks = await checkEach(contender, each.connections);
  return { send: (sent - begin) * (1000 / each.sends), check: (now() - sent) * (1000 / checks) };
}
