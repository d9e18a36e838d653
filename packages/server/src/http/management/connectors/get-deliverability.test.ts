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

test('a sender that is not saved yet, of a configuration that is not complete', async () => {
  const look = async (factoryId: string, body: object) =>
    (await server.send('POST', `/api/connectors/${factoryId}/deliverability`, { cookie, body })).json();
  const config = { fromEmail: 'Acme <codes@Bücher.example>' };
  const off = { state: 'unknown', codes: ['dns_off'] };
  expect(await look('simple-mail-transfer-protocol', { config })).toMatchObject({
    domain: 'xn--bcher-kva.example',
    spf: off,
  });
  expect(await look('simple-mail-transfer-protocol', { config: {} })).toMatchObject({ domain: null });
  expect(await look('twilio-short-message-service', { config })).toMatchObject({ code: 'connector.unexpected_type' });
  expect(await look('nothing', { config })).toMatchObject({ code: 'connector.not_found_with_connector_id' });
  expect(await look('mailgun-email', { config, selector: 'a b' })).toMatchObject({ code: 'guard.invalid_input' });
});

test('refuses connectors that send no mails, and what is no selector', async () => {
  expect((await ask('development-inbox')).json()).toMatchObject({ code: 'connector.unexpected_type' });
  expect((await ask('nothing')).statusCode).toBe(404);
  expect((await ask('development-inbox-email', '?selector=a%20b')).statusCode).toBe(400);
});
