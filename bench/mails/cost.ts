import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { SMTPServer } from 'smtp-server';
import { setUpConnector } from '../contenders/set-up.ts';
import { measureCosts } from '../costs.ts';
import type { Conversation } from '../load.ts';
import { toRequest } from '../wire.ts';

/*
 * What a code by email costs through an SMTP server beside one by SMS over HTTP: CPU of Sesame for each, taking turns in
 * one run, and how many go out a second.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '16' },
    sends: { type: 'string', default: '1000' },
    domains: { type: 'string', default: '10' },
  },
});
const [rounds = 0, connections = 0, sends = 0, domains = 0] = [
  values.rounds,
  values.connections,
  values.sends,
  values.domains,
].map(Number);

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

await measureCosts(
  { label: 'mails', database: 'SQLite', processes: 1, connections },
  async ({ headers, costOf, api }) => {
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
      const { server, elapsedMs } = await costOf(() => (left-- > 0 ? send() : undefined));
      return { cpuMs: server / sends, perSecond: (sends / elapsedMs) * 1000 };
    }

    for (let round = 0; round <= rounds; round += 1) {
      const [sms, mail] = [await measure('Sms'), await measure('Email')];
      const said = [sms, mail].map(({ cpuMs, perSecond }) => `${cpuMs.toFixed(3)} ms, ${Math.round(perSecond)}/s`);
      // The first one warms up.
      if (round > 0) process.stdout.write(`SMS over HTTP ${said[0]}; mail by SMTP ${said[1]}\n`);
    }
    const states = await api<{ state: string }[]>('GET', '/messages?page_size=100');
    if (states.some(({ state }) => state !== 'accepted')) throw new Error('Not every message was accepted.');
  },
);
smtp.close();
