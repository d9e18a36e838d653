import { readFileSync } from 'node:fs';
import { failureOf } from '@sesame/connector-kit/connector-test';
import type { SMTPServerOptions } from 'smtp-server';
import { expect, onTestFinished, test } from 'vitest';
import { startSmtpServer } from '../../test/doubles/smtp.ts';
import create from './index.ts';
import { config } from './test-account.ts';

const file = (name: string) => readFileSync(new URL(`../../test/setup/certificates/${name}`, import.meta.url), 'utf8');
const good = { key: file('server.key'), cert: file('server.pem') };
const expired = { key: file('server.key'), cert: file('expired.pem') };
const ca = [file('authority.pem'), file('expired.pem')];

/** A server that shows a certificate, and what sends mails to it. */
async function start(pair: typeof good, { ofServer = {}, ofConfig = {} }: Changes) {
  const server = await startSmtpServer({ ...pair, ...ofServer });
  const known = { ...config, port: server.port, servername: 'localhost', tls: { ca }, ...ofConfig };
  const connector = await create({ getConfig: async () => known, sleep: async () => {} });
  onTestFinished(async () => {
    connector.close?.();
    await server.close();
  });
  const send = () => connector.sendMessage({ to: 'jo@example.com', type: 'SignIn', payload: { code: '918273' } });
  return { ...server, send };
}
type Changes = { ofServer?: SMTPServerOptions; ofConfig?: object };

const ways: [string, { secure: boolean }][] = [
  ['STARTTLS', { secure: false }],
  ['TLS from the start', { secure: true }],
];

test.each(ways)('what is wrong with a certificate is said, by %s', async (_, secure) => {
  const wordsOf = async (pair: typeof good, ofConfig: object = {}) => {
    const { send } = await start(pair, { ofServer: secure, ofConfig: { ...secure, ...ofConfig } });
    const { data } = await failureOf(send());
    expect(data.kind).toBe('configuration');
    return data.providerMessage;
  };
  expect(await wordsOf(expired)).toMatch(/expired/);
  expect(await wordsOf(good, { servername: 'mail.example.com' })).toMatch(/mail\.example\.com.*DNS:localhost/);
  expect(await wordsOf(good, { tls: {} })).toMatch(/certificate/);
});

test.each(ways)(
  'a certificate that ends stops new connections alone, until it is renewed, by %s',
  async (_, secure) => {
    const held = Promise.withResolvers<void>();
    const hasBegun = Promise.withResolvers<void>();
    let isFirst = true;
    const onMailFrom: SMTPServerOptions['onMailFrom'] = (_address, _session, done) => {
      if (!isFirst) return done();
      isFirst = false;
      hasBegun.resolve();
      void held.promise.then(() => done());
    };
    const { send, show, mails, connections } = await start(good, {
      ofServer: { ...secure, onMailFrom },
      ofConfig: secure,
    });
    const first = send();
    await hasBegun.promise;
    show(expired);
    expect((await failureOf(send())).data.kind).toBe('configuration');
    held.resolve();
    await first;
    await send();
    expect([mails.length, connections()]).toEqual([2, 2]);
    show(good);
    await Promise.all([send(), send()]);
    expect([mails.length, connections()]).toEqual([4, 3]);
  },
);
