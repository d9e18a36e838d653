import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';

let server: ConsoleServer;
let cookie: string;
beforeAll(async () => {
  server = await newConsoleServer('SQLite');
  cookie = await server.signIn();
});
afterAll(() => server.close());

const ask = (id: string, query = '') => server.send('GET', `/api/connectors/${id}/deliverability${query}`, { cookie });

test('a sender whose domain is not looked up, and one that is not known', async () => {
  const unknown = { state: 'unknown', codes: ['sender_unknown'] };
  expect((await ask('development-inbox-email')).json()).toMatchObject({ domain: null, spf: unknown, dkim: unknown });
  const { id } = await server.services.connectors
    .setUp('sendgrid-email-service', {
      apiKey: 'SG.key',
      fromEmail: 'codes@mail.example.co.uk',
      templates: ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
        ...{ usageType, type: 'text/plain', subject: '{{code}}', content: 'Your code is {{code}}.' },
      })),
    })
    .then(({ row }) => row);
  const off = { state: 'unknown', codes: ['dns_off'] };
  expect((await ask(id)).json()).toMatchObject({
    domain: 'mail.example.co.uk',
    ...{ spf: off, dkim: off, dmarc: off, mx: off },
  });
});

test('refuses connectors that send no mails, and what is no selector', async () => {
  expect((await ask('development-inbox')).json()).toMatchObject({ code: 'connector.unexpected_type' });
  expect((await ask('nothing')).statusCode).toBe(404);
  expect((await ask('development-inbox-email', '?selector=a%20b')).statusCode).toBe(400);
});
