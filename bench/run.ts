import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { describeConditions } from './conditions.ts';
import { startBare } from './contenders/bare.ts';
import { startBetterAuth } from './contenders/better-auth.ts';
import type { Ground, Started } from './contenders/contender.ts';
import { startSesame, startSesameWithInbox } from './contenders/sesame.ts';
import { type Findings, toMarkdown } from './report.ts';
import { runRounds, warmUp } from './rounds.ts';
import { bareNodeMemoryMb, startServer, stopServers } from './server-process.ts';

const idleMs = 3_000;

const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: '1' }, rounds: { type: 'string', default: '3' } },
});
const [seconds, rounds] = [numberOf('seconds'), numberOf('rounds')];

const folder = mkdtempSync(join(tmpdir(), 'sesame-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

try {
  process.stdout.write(toMarkdown(await measure()));
} finally {
  await stopServers();
}

async function measure(): Promise<Findings> {
  say('Starting each server three times.');
  const provider = await startServer({
    file: join(import.meta.dirname, 'servers/sms-endpoint.ts'),
    env: (port) => ({ PORT: String(port) }),
    statusPath: '/status',
  });
  const ground: Ground = { folder, smsEndpoint: `http://127.0.0.1:${provider.port}` };
  const started: Started[] = [];
  for (const start of [startSesame, startSesameWithInbox, startBetterAuth, startBare])
    started.push(await start(ground));
  say('Leaving them idle.');
  await sleep(idleMs);
  const footprints = started.map(({ label, readyMs, memoryMb }) => ({ label, readyMs, memoryMb: memoryMb() }));
  const nodeMemoryMb = await bareNodeMemoryMb(idleMs);
  const conditions = describeConditions({ folder, rounds, seconds });
  const contenders = await Promise.all(started.map(({ prepare }) => prepare()));
  say('Warming up.');
  await warmUp(contenders);
  say(`Measuring; rounds: ${rounds}.`);
  const cells = await runRounds(contenders, rounds, seconds);
  return { conditions, cells, footprints, bareNodeMemoryMb: nodeMemoryMb };
}

function numberOf(name: 'seconds' | 'rounds'): number {
  const value = Number(options[name]);
  if (value > 0 && value <= 60 && (name === 'seconds' || Number.isInteger(value))) return value;
  throw new Error(`--${name} takes a ${name === 'rounds' ? 'whole ' : ''}number up to 60.`);
}

/** Progress goes to stderr: stdout is the table alone. */
function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
