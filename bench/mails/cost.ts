import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { SMTPServer } from 'smtp-server';
import { databases } from '../contenders/contender.ts';
import { setUpConnector } from '../contenders/set-up.ts';
import { measureCosts } from '../costs.ts';
import type { Conversation } from '../load.ts';
import { toRequest } from '../wire.ts';

/*
 * What a code by email costs through an SMTP server beside one by SMS over HTTP: CPU of Sesame and its database for each,
 * taking turns in one run, and how many go out a second. As people ask for them, whenever others get theirs, with `--rate`
 * a second; without, each of the connections asks for its next one as soon as it has an answer.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '16' },
    sends: { type: 'string', default: '1000' },
    domains: { type: 'string', default: '10' },
    rate: { type: 'string' },
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

/** Takes every mail, and reads it to its end. */
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData: (mail, _, done) => void mail.resume().once('end', () => done()),
});
smtp.listen(0, '127.0.0.1');
await once(smtp.server, 'listening');

let people = 0;
const recipients = {
  Sms: () => ({ phone: `+49151${10_000_000 + people}` }),
  Email: () => ({ email: `jo-${people}@domain-${people % domains}.example` }),
};

await measureCosts({ label: 'mails', database, processes: 1, connections }, async ({ headers, costOf, api }) => {
  await setUpConnector(`http://${headers.host}`, headers, {
    connectorId: 'simple-mail-transfer-protocol',
    config: {
      ...{ host: '127.0.0.1', port: (smtp.server.address() as AddressInfo).port, auth: {} },
      fromEmail: 'Sesame <codes@example.com>',
      templates: ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
        ...{ usageType, subject: '{{code}} is your code', contentType: 'text/html' },
        content: '<p>Your code is <b>{{code}}</b>. It is valid for 10 minutes.</p>',
      })),
    },
  });

  async function measure(channel: keyof typeof recipients) {
    let left = sends;
    function* send(): Conversation {
      people += 1;
      yield { text: toRequest('POST', '/api/verification-codes', headers, recipients[channel]()) };
    }
    const next = () => (left-- > 0 ? send() : undefined);
    const { server, database = 0, elapsedMs } = await costOf(next, rate);
    return { cpuMs: (server + database) / sends, perSecond: (sends / elapsedMs) * 1000 };
  }

  const ratios: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const [sms, mail] = [await measure('Sms'), await measure('Email')];
    const said = [sms, mail].map(({ cpuMs, perSecond }) => `${cpuMs.toFixed(3)} ms, ${Math.round(perSecond)}/s`);
    // The first one warms up.
    if (round === 0) continue;
    process.stdout.write(`SMS over HTTP ${said[0]}; mail by SMTP ${said[1]}\n`);
    ratios.push(mail.cpuMs / sms.cpuMs);
  }
  const median = ratios.toSorted((one, other) => one - other)[Math.floor(ratios.length / 2)];
  process.stdout.write(`A mail costs ${median?.toFixed(2)} times as much as an SMS (median of the rounds).\n`);
  const states = await api<{ state: string }[]>('GET', '/messages?page_size=100');
  if (states.some(({ state }) => state !== 'accepted')) throw new Error('Not every message was accepted.');
});
smtp.close();
