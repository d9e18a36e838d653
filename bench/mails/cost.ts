import { parseArgs } from 'node:util';
import { databases } from '../contenders/contender.ts';
import { setUpConnector } from '../contenders/set-up.ts';
import { measureCosts } from '../costs.ts';
import type { Conversation } from '../load.ts';
import { startMailServer } from '../mail-server.ts';
import { toRequest } from '../wire.ts';

/*
 * What a code by email costs through an SMTP server beside one by SMS over HTTP: CPU of Sesame and its database for each,
 * taking turns in one run, and how many go out a second. As people ask for them, whenever others get theirs, with `--rate`
 * a second; without, each of the connections asks for its next one as soon as it has an answer: then a provider that is
 * slower than the other has fewer go out, and so smaller groups, which cost more each. With `--provider-us` the one for SMS
 * is busy with each message, as the mail server is with a mail.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '30' },
    connections: { type: 'string', default: '16' },
    sends: { type: 'string', default: '300' },
    domains: { type: 'string', default: '10' },
    rate: { type: 'string' },
    'provider-us': { type: 'string', default: '0' },
    database: { type: 'string', default: 'SQLite' },
  },
});
const [rounds = 0, connections = 0, sends = 0, domains = 0] = [
  values.rounds,
  values.connections,
  values.sends,
  values.domains,
].map(Number);
const rate = values.rate === undefined ? undefined : Number(values.rate);
const database = databases.find((known) => known === values.database);
if (!database) throw new Error(`--database is one of ${databases.join(', ')}`);

type Figures = { cpuMs: number; perSecond: number };
/** V8 still compiles in these rounds. */
const warmUps = 6;
const median = (values: readonly number[]): number | undefined =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];

let people = 0;
const recipients = {
  Sms: () => ({ phone: `+49151${10_000_000 + people}` }),
  Email: () => ({ email: `jo-${people}@domain-${people % domains}.example` }),
};

const providerUs = Number(values['provider-us']);
await measureCosts(
  { label: 'mails', database, processes: 1, connections, providerUs },
  async ({ headers, costOf, api }) => {
    await setUpConnector(`http://${headers.host}`, headers, {
      connectorId: 'simple-mail-transfer-protocol',
      config: {
        ...(await startMailServer()),
        auth: {},
        fromEmail: 'Sesame <codes@example.com>',
        templates: ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
          ...{ usageType, subject: '{{code}} is your code', contentType: 'text/html' },
          content: '<p>Your code is <b>{{code}}</b>. It is valid for 10 minutes.</p>',
        })),
      },
    });

    async function measure(channel: keyof typeof recipients): Promise<Figures> {
      let left = sends;
      function* send(): Conversation {
        people += 1;
        yield { text: toRequest('POST', '/api/verification-codes', headers, recipients[channel]()) };
      }
      const next = () => (left-- > 0 ? send() : undefined);
      const { server, database = 0, elapsedMs } = await costOf(next, rate);
      return { cpuMs: (server + database) / sends, perSecond: (sends / elapsedMs) * 1000 };
    }

    const taken = { Sms: [] as Figures[], Email: [] as Figures[] };
    for (let round = -warmUps; round < rounds; round += 1) {
      const [sms, mail] = [await measure('Sms'), await measure('Email')];
      if (round < 0) continue;
      taken.Sms.push(sms);
      taken.Email.push(mail);
    }
    for (const [label, figures] of [
      ['SMS over HTTP', taken.Sms],
      ['Mail by SMTP', taken.Email],
    ] as const) {
      const cpuMs = median(figures.map((each) => each.cpuMs));
      const perSecond = median(figures.map((each) => each.perSecond));
      process.stdout.write(`${label}: ${cpuMs?.toFixed(2)} ms of CPU, ${perSecond?.toFixed(0)} a second\n`);
    }
    const ratio = median(taken.Email.map(({ cpuMs }, round) => cpuMs / (taken.Sms[round]?.cpuMs ?? 0)));
    process.stdout.write(`A mail costs ${ratio?.toFixed(2)} times as much as an SMS; all are medians of the rounds.\n`);
    const states = await api<{ state: string }[]>('GET', '/messages?page_size=100');
    if (states.some(({ state }) => state !== 'accepted')) throw new Error('Not every message was accepted.');
  },
);
