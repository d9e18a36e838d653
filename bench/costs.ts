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
  /** What the server took while something went on. */
  costWhile: (goOn: () => Promise<unknown>) => Promise<Cost>;
  /** Where the server listens. */
  ports: readonly number[];
};

/** How it is started, how many conversations are held at once, and how long its provider is busy with a message. */
export type Setting = {
  label: string;
  database: Database;
  processes: number;
  connections: number;
  providerUs?: number;
};

/** Starts Sesame beside a provider in a folder of its own, and leaves nothing behind. */
export async function measureCosts(
  { label, database, processes, connections, providerUs }: Setting,
  measure: (measured: Measured) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sesame-costs-'));
  try {
    const postgres = database === 'PostgreSQL' ? await startPostgres(folder) : undefined;
    const ground: Ground = { folder, smsPort: (await startSmsProvider(providerUs)).port, postgres };
    const sesame = await startSesame(ground, { label, database, processes: [processes] });
    const { management, sends } = await sesame.prepare();
    const ports = sends.at(-1)?.ports ?? [];
    async function costWhile(goOn: () => Promise<unknown>): Promise<Cost> {
      const before = sesame.cpuMs();
      const startedAt = performance.now();
      await goOn();
      const elapsedMs = performance.now() - startedAt;
      const after = sesame.cpuMs();
      const used = (part: 'server' | 'database') => (after[part] ?? 0) - (before[part] ?? 0);
      return { elapsedMs, server: used('server'), database: used('database') };
    }
    await measure({
      ground,
      ports,
      costWhile,
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
      costOf: (next, perSecond) => costWhile(() => run({ ports, connections, seconds: 60, perSecond, next })),
    });
  } finally {
    await stopServers();
    rmSync(folder, { recursive: true, force: true });
  }
}
