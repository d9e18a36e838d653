import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database, Ground } from './contenders/contender.ts';
import { startSesame } from './contenders/sesame.ts';
import { type Conversation, run } from './load.ts';
import { startPostgres } from './postgres.ts';
import { stopServers } from './server-process.ts';
import { startSmsProvider } from './sms-provider.ts';

/** What conversations took: in milliseconds, of the clock and of CPU. */
export type Cost = { elapsedMs: number; server: number; database: number };

/** A Sesame whose costs are measured. */
export type Measured = {
  ground: Ground;
  /** Of requests to the Management API. */
  headers: { host: string } & Record<string, string>;
  /** Calls the Management API. @throws with the answer where it is a refusal */
  api: <Answer>(method: string, path: string, body?: object) => Promise<Answer>;
  /** Holds conversations until there are none left; so many begin a second, or as fast as they end. */
  costOf: (next: () => Conversation | undefined, perSecond?: number) => Promise<Cost>;
};

/** How it is started, and how many conversations are held at once. */
export type Setting = { label: string; database: Database; processes: number; connections: number };

/** Starts Sesame beside a provider in a folder of its own, and leaves nothing behind. */
export async function measureCosts(
  { label, database, processes, connections }: Setting,
  measure: (measured: Measured) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sesame-costs-'));
  try {
    const postgres = database === 'PostgreSQL' ? await startPostgres(folder) : undefined;
    const ground: Ground = { folder, smsPort: (await startSmsProvider()).port, postgres };
    const sesame = await startSesame(ground, { label, database, processes: [processes] });
    const { management, sends } = await sesame.prepare();
    const ports = sends.at(-1)?.ports ?? [];
    await measure({
      ground,
      headers: { host: `localhost:${management?.port}`, ...management?.headers },
      async api(method, path, body) {
        const reply = await fetch(`http://127.0.0.1:${management?.port}/api${path}`, {
          method,
          headers: { ...management?.headers, 'content-type': 'application/json' },
          ...(body && { body: JSON.stringify(body) }),
        });
        const answer = await reply.json();
        if (!reply.ok) throw new Error(JSON.stringify(answer));
        return answer as never;
      },
      async costOf(next, perSecond) {
        const before = sesame.cpuMs();
        const { elapsedMs } = await run({ ports, connections, seconds: 60, perSecond, next });
        const after = sesame.cpuMs();
        const used = (part: 'server' | 'database') => (after[part] ?? 0) - (before[part] ?? 0);
        return { elapsedMs, server: used('server'), database: used('database') };
      },
    });
  } finally {
    await stopServers();
    rmSync(folder, { recursive: true, force: true });
  }
}
