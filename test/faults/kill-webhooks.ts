// Kills a server again and again while it tells a webhook of users, and counts what was lost:
//   node test/faults/kill-webhooks.ts [rounds] [SQLite|PostgreSQL]
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { startPostgres } from '../../bench/postgres.ts';
import { startChildServer } from '../setup/child-server.ts';
import { newMemoryFolder } from '../setup/memory-folder.ts';

const rounds = Number(process.argv[2] ?? 50);
const database = process.argv[3] === 'PostgreSQL' ? 'PostgreSQL' : 'SQLite';
const workers = 4;
const longestRoundMs = 400;
/** Longer than a lease, after which another process takes on what a killed one had. */
const patienceMs = 120_000;

const created = new Set<string>();
const told = new Map<string, number>();
const receiver = createServer(async (request, response) => {
  const chunks = await request.toArray();
  const { data } = JSON.parse(Buffer.concat(chunks).toString()) as { data: { id: string } };
  told.set(data.id, (told.get(data.id) ?? 0) + 1);
  response.writeHead(204).end();
}).listen(0, '127.0.0.1');
await once(receiver, 'listening');
const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;

const folder = await newMemoryFolder('sesame-kills-');
/** What is to be ended whatever happens, the last one first. */
const endings: (() => Promise<unknown>)[] = [
  () => rm(folder, { recursive: true, force: true }),
  async () => void receiver.close(),
];
try {
  await killAgainAndAgain();
} finally {
  for (const end of endings.toReversed()) await end();
}

async function killAgainAndAgain(): Promise<void> {
  const postgres = database === 'PostgreSQL' ? await startPostgres(folder) : undefined;
  if (postgres) endings.push(postgres.stop);
  const env = {
    ...(postgres
      ? { SESAME_DATABASE_URL: `${await postgres.newDatabase()}?connect_timeout=110` }
      : { SESAME_DATA_DIR: folder }),
    SESAME_PRIVATE_WEBHOOKS: 'allow',
    SESAME_LOG_LEVEL: 'error',
  };
  let server = await startChildServer(env);
  endings.push(() => server.kill('SIGTERM'));
  await server.management.post('/hooks', { events: ['User.Created'], config: { url } });

  for (let round = 1; round <= rounds; round += 1) {
    await workAndKill(server, round);
    server = await startChildServer(env);
  }

  const missing = () => [...created].filter((id) => !told.has(id));
  for (const end = Date.now() + patienceMs; missing().length > 0 && Date.now() < end; ) await wait(200);
  const twice = [...told.values()].filter((times) => times > 1).length;
  process.stdout.write(
    `${rounds} kills on ${database}: ${created.size} users acknowledged, ${told.size} told, ${missing().length} lost, ${twice} told more than once\n`,
  );
  process.exitCode = missing().length > 0 ? 1 : 0;
}

/** Makes users until the server is killed, a moment after the first. */
async function workAndKill(server: Awaited<ReturnType<typeof startChildServer>>, round: number): Promise<void> {
  let isOver = false;
  const begun = Promise.withResolvers<void>();
  const work = async (worker: number) => {
    for (let count = 0; !isOver; count += 1) {
      const reply = await server.management
        .post('/users', { username: `u_${round}_${worker}_${count}` })
        .catch(() => undefined);
      // Killed: asking on without a pause would leave nobody time to notice.
      if (!reply) return;
      if (reply.status !== 200) throw new Error(`${reply.status} ${reply.text}`);
      created.add(reply.body.id);
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
