import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { startPostgres } from '../../bench/postgres.ts';
import type { StoreLocation } from '../../packages/server/src/store/store.ts';
import { type ChildServer, startChildServer } from '../setup/child-server.ts';
import { freePort } from '../setup/free-port.ts';
import type { Reply } from '../setup/management-client.ts';
import { newMemoryFolder } from '../setup/memory-folder.ts';

const workers = 4;
const longestRoundMs = 400;
/** Longer than a lease, after which another process takes on what a killed one had. */
const patienceMs = 120_000;

/** What a server does while it is killed again and again, and what must not be lost by that. */
export type Kills = {
  /** Servers of the other side, which listen already. */
  others: readonly Server[];
  setUp: (server: ChildServer) => Promise<unknown>;
  /** What several workers ask again and again. @param place no other request has it */
  ask: (server: ChildServer, place: string) => Promise<Reply>;
  /** What is answered to each. */
  status: number;
  /** What is done to the data between a kill and the next start. */
  afterKill?: (location: StoreLocation, isLast: boolean) => Promise<void>;
  /** Told of each answer. */
  onReply?: (reply: Reply) => void;
  /** Whether something is still to come after the last kill. */
  isWaiting: () => boolean;
  /** @returns what came of it, in a line, and what is wrong */
  judge: (server: ChildServer) => Promise<{ line: string; wrong: readonly string[] }>;
};

/** Listens on a port of this machine. @returns its URL */
export async function listening(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/**
 * Kills a server as often as the command line says, on the database that it names, and exits with 1 where something is
 * wrong.
 */
export async function killAgainAndAgain(kills: Kills): Promise<void> {
  const { others, setUp, afterKill, isWaiting, judge } = kills;
  const rounds = Number(process.argv[2] ?? 50);
  const database = process.argv[3] === 'PostgreSQL' ? 'PostgreSQL' : 'SQLite';
  const folder = await newMemoryFolder('sesame-kills-');
  /** What is to be ended whatever happens, the last one first. */
  const endings: (() => Promise<unknown>)[] = [
    () => rm(folder, { recursive: true, force: true }),
    async () => others.map((other) => other.close()),
  ];
  try {
    const postgres = database === 'PostgreSQL' ? await startPostgres(folder) : undefined;
    if (postgres) endings.push(postgres.stop);
    const port = String(await freePort());
    const location: StoreLocation = postgres
      ? { databaseUrl: `${await postgres.newDatabase()}?connect_timeout=110` }
      : { dataDir: folder };
    const env = {
      ...('dataDir' in location ? { SESAME_DATA_DIR: folder } : { SESAME_DATABASE_URL: location.databaseUrl }),
      SESAME_PORT: port,
      SESAME_PUBLIC_URL: `http://127.0.0.1:${port}`,
      SESAME_PRIVATE_WEBHOOKS: 'allow',
      SESAME_LOG_LEVEL: 'error',
    };
    let server = await startChildServer(env);
    endings.push(() => server.kill('SIGTERM'));
    await setUp(server);
    for (let round = 1; round <= rounds; round += 1) {
      await workAndKill(server, round, kills);
      await afterKill?.(location, round === rounds);
      server = await startChildServer(env);
    }
    for (const end = Date.now() + patienceMs; isWaiting() && Date.now() < end; ) await wait(200);
    const { line, wrong } = await judge(server);
    process.stdout.write(`${[`${rounds} kills on ${database}: ${line}`, ...wrong].join('\n')}\n`);
    process.exitCode = wrong.length > 0 ? 1 : 0;
  } finally {
    for (const end of endings.toReversed()) await end();
  }
}

/** Asks until the server is killed, a moment after its first answer. */
async function workAndKill(server: ChildServer, round: number, { ask, status, onReply }: Kills): Promise<void> {
  let isOver = false;
  const begun = Promise.withResolvers<void>();
  const work = async (worker: number) => {
    for (let count = 0; !isOver; count += 1) {
      const reply = await ask(server, `${round}_${worker}_${count}`).catch(() => undefined);
      // Killed: asking on without a pause would leave nobody time to notice.
      if (!reply) return;
      if (reply.status !== status) throw new Error(`${reply.status} ${reply.text}`);
      onReply?.(reply);
      begun.resolve();
    }
  };
  const working = Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  // A server that has just started takes its time for the first.
  await Promise.race([begun.promise, working]);
  await wait(Math.random() * longestRoundMs);
  await server.kill('SIGKILL');
  isOver = true;
  await working;
}
