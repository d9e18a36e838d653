// Kills a server again and again while a provider reports to it and it tells a webhook, and counts what was lost:
//   node test/faults/kill-reports.ts [rounds] [SQLite|PostgreSQL]
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { startPostgres } from '../../bench/postgres.ts';
import { reporters } from '../doubles/delivery-reports.ts';
import { type ChildServer, startChildServer } from '../setup/child-server.ts';
import { freePort } from '../setup/free-port.ts';
import { newMemoryFolder } from '../setup/memory-folder.ts';
import { newPhone } from '../setup/phones.ts';

const rounds = Number(process.argv[2] ?? 50);
const database = process.argv[3] === 'PostgreSQL' ? 'PostgreSQL' : 'SQLite';
const workers = 4;
const longestRoundMs = 400;
/** Longer than a lease, after which another process takes on what a killed one had. */
const patienceMs = 120_000;
const reportKey = 'key-that-reports-are-signed-with';

type Sent = { id: string; to: string; reportUrl: string; last: 'delivered' | 'undelivered' };
type State = 'sent' | Sent['last'];

/** What the provider took, what it was told was taken of its reports, and which events the receiver got of a message. */
const taken = new Map<string, Sent>();
const reported = new Map<string, Set<State>>();
const told = new Map<string, Map<string, { event: string; times: number }>>();
const reporting = new Set<Promise<void>>();

const listening = async (server: ReturnType<typeof createServer>) => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** Reports as providers do: until it is answered, sometimes before it has answered the send itself, sometimes twice. */
async function report({ id, to, reportUrl, last }: Sent): Promise<void> {
  const message = { url: reportUrl, to, id, providerMessageId: `p-${id}` };
  for (const state of ['sent', last, last] as const) {
    for (;;) {
      const { url, ...init } = await reporters.httpSms.post(message, state, reportKey);
      const status = await fetch(url, init).then(
        ({ status }) => status,
        () => undefined,
      );
      if (status === 200) break;
      await wait(100);
    }
    reported.set(id, (reported.get(id) ?? new Set()).add(state));
  }
}

const provider = createServer(async (request, response) => {
  const { messageId: id, recipient: to, reportUrl } = JSON.parse(Buffer.concat(await request.toArray()).toString());
  const sent: Sent = { id, to, reportUrl, last: taken.size % 5 === 0 ? 'undelivered' : 'delivered' };
  taken.set(id, sent);
  const work = report(sent);
  reporting.add(work);
  if (taken.size % 3 === 0) await wait(30);
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ id: `p-${id}` }));
});

const receiver = createServer(async (request, response) => {
  const { event, data } = JSON.parse(Buffer.concat(await request.toArray()).toString());
  const eventId = String(request.headers['sesame-event-id']);
  const events = told.get(data.id) ?? new Map();
  told.set(data.id, events.set(eventId, { event, times: (events.get(eventId)?.times ?? 0) + 1 }));
  response.writeHead(204).end();
});

const folder = await newMemoryFolder('sesame-kills-');
/** What is to be ended whatever happens, the last one first. */
const endings: (() => Promise<unknown>)[] = [
  () => rm(folder, { recursive: true, force: true }),
  async () => void provider.close(),
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
  const port = String(await freePort());
  const env = {
    ...(postgres
      ? { SESAME_DATABASE_URL: `${await postgres.newDatabase()}?connect_timeout=110` }
      : { SESAME_DATA_DIR: folder }),
    SESAME_PORT: port,
    SESAME_PUBLIC_URL: `http://127.0.0.1:${port}`,
    SESAME_PRIVATE_WEBHOOKS: 'allow',
    SESAME_LOG_LEVEL: 'error',
  };
  let server = await startChildServer(env);
  endings.push(() => server.kill('SIGTERM'));
  const url = await listening(receiver);
  await server.management.post('/hooks', { events: ['Message.Delivered', 'Message.Undelivered'], config: { url } });
  await server.management.patch('/sign-in-exp', { fraudPolicy: { mode: 'off' } });
  const templates = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
    ...{ usageType, content: 'Your code is {{code}}.' },
  }));
  const config = { endpoint: await listening(provider), reportKey, templates };
  const made = await server.management.post('/connectors', { connectorId: 'http-sms', config });
  if (made.status !== 200) throw new Error(made.text);

  for (let round = 1; round <= rounds; round += 1) {
    await workAndKill(server);
    server = await startChildServer(env);
  }

  await Promise.all(reporting);
  const untold = () => [...taken.keys()].filter((id) => !told.has(id));
  for (const end = Date.now() + patienceMs; untold().length > 0 && Date.now() < end; ) await wait(200);
  const wrong = (await Promise.all([...taken.values()].map((sent) => wrongOf(server, sent)))).flat();
  const twice = [...told.values()].filter((events) => [...events.values()].some(({ times }) => times > 1)).length;
  const { total } = (await server.management.get('/dashboard/arrivals')).body;
  const delivered = [...taken.values()].filter(({ last }) => last === 'delivered').length;
  if (total.sent !== taken.size || total.claimed !== delivered) wrong.push(`figures say ${JSON.stringify(total)}`);
  process.stdout.write(
    `${rounds} kills on ${database}: ${taken.size} messages, ${reported.size} reported of, ${untold().length} not told, ${twice} told more than once, ${wrong.length} wrong\n${wrong.join('\n')}`,
  );
  process.exitCode = untold().length + wrong.length > 0 ? 1 : 0;
}

/** What does not hold of a message whose reports were all answered. */
async function wrongOf({ management }: ChildServer, { id, last }: Sent): Promise<string[]> {
  const { body } = await management.get(`/messages/${id}`);
  const kept = (body.reports ?? []).map(({ state }: { state: string }) => state).toSorted();
  const events = [...(told.get(id)?.values() ?? [])].map(({ event }) => event);
  const expected = last === 'delivered' ? 'Message.Delivered' : 'Message.Undelivered';
  return [
    ...(body.state === last ? [] : [`${id} is ${body.state}, not ${last}`]),
    ...(new Set(kept).size === 2 && kept.includes('sent') && kept.includes(last) ? [] : [`${id} has reports ${kept}`]),
    ...(events.length === 1 && events[0] === expected ? [] : [`${id} was told of as ${events}`]),
  ];
}

/** Sends codes until the server is killed, a moment after the first. */
async function workAndKill(server: ChildServer): Promise<void> {
  let isOver = false;
  const begun = Promise.withResolvers<void>();
  const work = async () => {
    while (!isOver) {
      const reply = await server.management.post('/verification-codes', { phone: newPhone() }).catch(() => undefined);
      // Killed: asking on without a pause would leave nobody time to notice.
      if (!reply) return;
      if (reply.status !== 204) throw new Error(`${reply.status} ${reply.text}`);
      begun.resolve();
    }
  };
  const working = Promise.all(Array.from({ length: workers }, work));
  await Promise.race([begun.promise, working]);
  await wait(Math.random() * longestRoundMs);
  await server.kill('SIGKILL');
  isOver = true;
  await working;
}
