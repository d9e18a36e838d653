import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Database, databases, type Ground } from '../contenders/contender.ts';
import { startSesame } from '../contenders/sesame.ts';
import { type Conversation, run } from '../load.ts';
import { startPostgres } from '../postgres.ts';
import { startServer, stopServers } from '../server-process.ts';
import { toRequest } from '../wire.ts';

/*
 * What a delivery report costs beside a send: CPU of the server (and of PostgreSQL) for each, taking turns in one run; and
 * how many sends a second a core has left while so many reports come in.
 */
const { values } = parseArgs({
  options: {
    database: { type: 'string', default: 'SQLite' },
    rounds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '16' },
    sends: { type: 'string', default: '400' },
  },
});
const database = databases.find((one) => one === values.database) as Database;
const [rounds, connections, sends] = [values.rounds, values.connections, values.sends].map(Number) as [
  number,
  number,
  number,
];
const folder = mkdtempSync(join(tmpdir(), 'sesame-report-cost-'));
let numbers = 0;
const nextPhone = () => {
  numbers += 1;
  return `+49151${String(10_000_000 + numbers)}`;
};

try {
  const postgres = database === 'PostgreSQL' ? await startPostgres(folder) : undefined;
  const provider = await startServer({
    file: join(import.meta.dirname, '../servers/sms-endpoint.ts'),
    env: (port) => ({ PORT: String(port) }),
    statusPath: '/status',
  });
  const ground: Ground = { folder, smsPort: provider.port, postgres };
  const sesame = await startSesame(ground, { label: 'reports', database, processes: [1] });
  const { management, sends: variants } = await sesame.prepare();
  const ports = variants.at(-1)?.ports ?? [];
  const headers = { host: `localhost:${management?.port}`, ...management?.headers };
  const api = async (method: string, path: string, body?: object) => {
    const reply = await fetch(`http://127.0.0.1:${management?.port}/api${path}`, {
      method,
      headers: { ...management?.headers, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = await reply.json();
    if (!reply.ok) throw new Error(JSON.stringify(answer));
    return answer as never;
  };
  await api('PATCH', '/sign-in-exp', { fraudPolicy: { mode: 'off' } });
  const connectors = (await api('GET', '/connectors')) as { id: string; type: string }[];
  const live = connectors.find(({ type }) => type === 'Sms');
  const { reportUrl } = (await api('GET', `/connectors/${live?.id}`)) as { reportUrl: string };
  const { pathname } = new URL(reportUrl);

  async function timed(next: () => Conversation | undefined) {
    const before = sesame.cpuMs();
    const { elapsedMs } = await run({ ports, connections, seconds: 60, next });
    const after = sesame.cpuMs();
    const used = (part: 'server' | 'database') => (after[part] ?? 0) - (before[part] ?? 0);
    return { elapsedMs, server: used('server'), database: used('database') };
  }
  async function measure() {
    let left = sends;
    function* send(): Conversation {
      yield { text: toRequest('POST', '/api/verification-codes', headers, { phone: nextPhone() }) };
    }
    const sent = await timed(() => (left-- > 0 ? send() : undefined));
    const ids: string[] = [];
    for (let page = 1; ids.length < sends; page += 1) {
      const found = (await api('GET', `/messages?page=${page}&page_size=100`)) as { id: string }[];
      if (found.length === 0) break;
      ids.push(...found.map(({ id }) => id));
    }
    // On its way, then delivered, as most providers tell it.
    const reports = ids
      .slice(0, sends)
      .flatMap((id) => ['sent', 'delivered'].map((state) => [id, state] as const))
      .values();
    function* report([id, state]: readonly [string, string]): Conversation {
      yield { text: toRequest('POST', `${pathname}?m=${id}`, { host: headers.host }, { state, network: '26201' }) };
    }
    const reported = await timed(() => {
      const { value } = reports.next();
      return value && report(value);
    });
    return { sent, reported };
  }

  await measure();
  const totals = { send: 0, report: 0, sendDatabase: 0, reportDatabase: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const { sent, reported } = await measure();
    totals.send += sent.server / sends / rounds;
    totals.report += reported.server / (2 * sends) / rounds;
    totals.sendDatabase += sent.database / sends / rounds;
    totals.reportDatabase += reported.database / (2 * sends) / rounds;
  }
  const milliseconds = (value: number) => `${value.toFixed(3)} ms`;
  process.stdout.write(
    `${database}: a send ${milliseconds(totals.send)}, a report ${milliseconds(totals.report)} of CPU; ` +
      `of the database ${milliseconds(totals.sendDatabase)} and ${milliseconds(totals.reportDatabase)}. ` +
      `A thousand reports a second take ${Math.round(totals.report * 100)} % of a core\n`,
  );
} finally {
  await stopServers();
  rmSync(folder, { recursive: true, force: true });
}
