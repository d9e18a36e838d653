import { parseArgs } from 'node:util';
import { startBare } from '../contenders/bare.ts';
import { type Database, databases } from '../contenders/contender.ts';
import { measureCosts } from '../costs.ts';
import { run } from '../load.ts';
import { keepPace } from '../pace.ts';
import { toRequest } from '../wire.ts';

/*
 * What delivery reports cost beside sends, in turns within one run: sends alone; sends with so many reports a second
 * beside; the reports alone; and as many at a bare route that writes a row for each in shared commits. Reports come at
 * their own pace, as those of providers do. CPU is that of the server (and of PostgreSQL).
 */
const { values } = parseArgs({
  options: {
    database: { type: 'string', default: 'SQLite' },
    rounds: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '2' },
    connections: { type: 'string', default: '16' },
    pace: { type: 'string', default: '1000' },
  },
});
const database = databases.find((one) => one === values.database) as Database;
const [rounds, seconds, connections, perSecond] = [values.rounds, values.seconds, values.connections, values.pace].map(
  Number,
) as [number, number, number, number];

/** V8 has compiled what runs often after some 16,000 reports; before that, one costs twice as much. */
const warmUpRounds = Math.ceil(16_000 / 2 / (perSecond * seconds));

/** What a turn did, and took: milliseconds of CPU. */
type Turn = { sends: number; sendingMs: number; reports: number; elapsedMs: number; server: number; database: number };
const turns = { sends: [], both: [], reports: [], bare: [] } satisfies Record<string, Turn[]> as Record<string, Turn[]>;
let numbers = 0;
const nextPhone = () => `+49151${String(10_000_000 + ++numbers)}`;

await measureCosts({ label: 'reports', database, processes: 1, connections }, async (measured) => {
  const { ground, headers, api, ports, costWhile } = measured;
  await api('PATCH', '/sign-in-exp', { fraudPolicy: { mode: 'off' } });
  const bare = await startBare(ground, database);
  const barePort = (await bare.prepare()).sends[0]?.ports[0] ?? 0;
  const live = (await api<{ id: string; type: string }[]>('GET', '/connectors')).find(({ type }) => type === 'Sms');
  const { reportUrl } = await api<{ reportUrl: string }>('GET', `/connectors/${live?.id}`);
  const { pathname } = new URL(reportUrl);
  const [port = 0] = ports;

  function* sends(): Generator<{ text: string }, void, string> {
    yield { text: toRequest('POST', '/api/verification-codes', headers, { phone: nextPhone() }) };
  }
  const send = () => run({ ports, connections, seconds, next: sends });
  /** Of the newest messages: on its way, then delivered, as most providers tell it. */
  async function newReports() {
    const ids: string[] = [];
    for (let page = 1; ids.length < (perSecond * seconds) / 2; page += 1) {
      const found = await api<{ id: string }[]>('GET', `/messages?page=${page}&page_size=100`);
      if (found.length === 0) break;
      ids.push(...found.map(({ id }) => id));
    }
    return ids.flatMap((id) => ['sent', 'delivered'].map((state) => ({ id, state })));
  }
  const report = (
    to: { port: number; path: string },
    given: { id: string; state: string }[],
    isOver: () => boolean = () => false,
  ) => {
    const left = given.values();
    return keepPace({
      port: to.port,
      perSecond,
      isOver,
      next() {
        const { value } = left.next();
        if (!value) return undefined;
        const { id, state } = value;
        return toRequest('POST', `${to.path}?m=${id}`, { host: headers.host }, { state, network: '26201' });
      },
    });
  };

  async function measure(name: keyof typeof turns): Promise<void> {
    const given = name === 'sends' ? [] : await newReports();
    const done = { sends: 0, sendingMs: 0, reports: 0 };
    const before = bare.cpuMs();
    const cost = await costWhile(async () => {
      let isOver = false;
      await Promise.all([
        (name === 'sends' || name === 'both') &&
          send().then(({ latenciesMs, elapsedMs }) => {
            done.sends = latenciesMs.length;
            done.sendingMs = elapsedMs;
            isOver = true;
          }),
        (name === 'both' || name === 'reports') &&
          report({ port, path: pathname }, given, () => isOver).then(({ count }) => {
            done.reports = count;
          }),
        name === 'bare' &&
          report({ port: barePort, path: '/grouped/report' }, given).then(({ count }) => {
            done.reports = count;
          }),
      ]);
    });
    if (name === 'bare') cost.server = (bare.cpuMs().server ?? 0) - (before.server ?? 0);
    turns[name]?.push({ ...done, ...cost });
  }

  for (let round = -warmUpRounds; round < rounds; round += 1) {
    if (round === 0) for (const done of Object.values(turns)) done.length = 0;
    const names = Object.keys(turns);
    // What is sent first is reported on.
    for (const name of round % 2 ? names : [names[0] ?? '', ...names.slice(1).toReversed()]) await measure(name);
  }
});

const median = (figures: number[]) => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
const of = (name: string, figure: (turn: Turn) => number) => median((turns[name] ?? []).map(figure));
const rate = (name: string) => of(name, ({ sends, sendingMs }) => (1000 * sends) / sendingMs);
const sendMs = {
  server: of('sends', (turn) => turn.server / turn.sends),
  database: of('sends', (turn) => turn.database / turn.sends),
};
const reportMs = (name: string, part: 'server' | 'database') =>
  of(name, (turn) => (turn[part] - turn.sends * sendMs[part]) / turn.reports);
const us = (milliseconds: number) => `${Math.round(1000 * milliseconds)} µs`;
const both = (name: string) =>
  `${us(reportMs(name, 'server'))}${database === 'PostgreSQL' ? ` + ${us(reportMs(name, 'database'))} of the database` : ''}`;
const lost = median(
  (turns.sends ?? []).map((alone, index) => {
    const beside = turns.both?.[index];
    return beside ? 1 - beside.sends / beside.sendingMs / (alone.sends / alone.sendingMs) : Number.NaN;
  }),
);
process.stdout.write(
  `${database}, ${connections} connections, ${rounds} rounds of ${seconds} s, medians, CPU
a send ${us(sendMs.server)}${database === 'PostgreSQL' ? ` + ${us(sendMs.database)} of the database` : ''}
a report alone ${both('reports')}, beside sends ${both('both')}, at a bare route ${both('bare')}
sends a second: ${rate('sends').toFixed(0)} alone, ${rate('both').toFixed(0)} with ${of('both', ({ reports, elapsedMs }) => (1000 * reports) / elapsedMs).toFixed(0)} reports a second beside (${(100 * lost).toFixed(1)} % fewer)
`,
);
