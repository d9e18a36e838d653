import { parseArgs } from 'node:util';
import { type Database, databases } from '../contenders/contender.ts';
import { measureCosts } from '../costs.ts';
import type { Conversation } from '../load.ts';
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
let numbers = 0;
const nextPhone = () => {
  numbers += 1;
  return `+49151${String(10_000_000 + numbers)}`;
};

await measureCosts({ label: 'reports', database, processes: 1, connections }, async ({ headers, api, costOf }) => {
  await api('PATCH', '/sign-in-exp', { fraudPolicy: { mode: 'off' } });
  const connectors = await api<{ id: string; type: string }[]>('GET', '/connectors');
  const live = connectors.find(({ type }) => type === 'Sms');
  const { reportUrl } = await api<{ reportUrl: string }>('GET', `/connectors/${live?.id}`);
  const { pathname } = new URL(reportUrl);

  async function measure() {
    let left = sends;
    function* send(): Conversation {
      yield { text: toRequest('POST', '/api/verification-codes', headers, { phone: nextPhone() }) };
    }
    const sent = await costOf(() => (left-- > 0 ? send() : undefined));
    const ids: string[] = [];
    for (let page = 1; ids.length < sends; page += 1) {
      const found = await api<{ id: string }[]>('GET', `/messages?page=${page}&page_size=100`);
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
    const reported = await costOf(() => {
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
});
