import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { expect, onTestFinished, test } from 'vitest';
import create from './index.ts';

const failing = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });
const templates = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
  usageType,
  subject: '{{code}} is your code',
  content: '<p>Code: <b>{{code}}</b></p>',
  contentType: 'text/html',
}));

async function start(options: SMTPServerOptions = {}) {
  const mails: { to: string[]; mail: ParsedMail }[] = [];
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 1,
    disabledCommands: ['STARTTLS'],
    onConnect: (_, done) => {
      connections += 1;
      done();
    },
    onAuth: ({ password }, _, done) => (password === 'right' ? done(null, { user: 'jo' }) : done(failing(535, 'No'))),
    onData: async (stream, { envelope }, done) => {
      mails.push({ to: envelope.rcptTo.map(({ address }) => address), mail: await simpleParser(stream) });
      done();
    },
    ...options,
  });
  server.on('error', () => {});
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket) => sockets.add(socket));
  const drop = () => sockets.forEach((socket) => void socket.destroy());
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const send = async (changes: object = {}, to = 'jo@example.com') => {
    const config = {
      host: '127.0.0.1',
      port,
      auth: {},
      fromEmail: 'Sesame <codes@example.com>',
      templates,
      ...changes,
    };
    const connector = await create({ getConfig: async () => config, timeoutMs: 60_000, sleep: async () => {} });
    return connector.sendMessage({ to, type: 'SignIn', payload: { code: '135790' } });
  };
  return { send, mails, drop, connections: () => connections };
}

test('sends both parts over a connection that is kept', async () => {
  const { send, mails, connections } = await start();
  await send();
  await send({}, 'Jo@bücher.example');
  expect(connections()).toBe(1);
  // The server shows domains in Unicode, whatever came over the wire.
  expect(mails.map(({ to }) => to)).toEqual([['jo@example.com'], ['Jo@bücher.example']]);
  expect(mails[0]?.mail).toMatchObject({
    subject: '135790 is your code',
    text: expect.stringContaining('Code: 135790'),
    html: expect.stringContaining('<b>135790</b>'),
  });
  expect(mails[0]?.mail.headers.get('auto-submitted')).toBe('auto-generated');
});

test('signs in, and says where that is refused without the password', async () => {
  const { send, mails } = await start({ authOptional: false, allowInsecureAuth: true });
  await send({ auth: { user: 'jo', pass: 'right' } });
  expect(mails).toHaveLength(1);
  const error = await send({ auth: { user: 'jo', pass: 'wrong-secret' } }).catch((thrown) => thrown);
  expect(error).toMatchObject({ data: { kind: 'configuration' } });
  expect(JSON.stringify(error.data)).not.toContain('wrong-secret');
});

test.each([
  [550, '5.1.1 <jo@example.com> is unknown', 'recipient'],
  [450, '4.2.1 Try later', 'limit'],
  [554, '5.7.1 Relaying denied', 'configuration'],
] as const)('a recipient refused with %i %s is %s', async (code, words, kind) => {
  const { send, mails } = await start({ onRcptTo: (_, __, done) => done(failing(code, words)) });
  const error = await send().catch((thrown) => thrown);
  expect(error).toMatchObject({ data: { kind, providerCode: String(code) } });
  expect(JSON.stringify(error.data)).not.toContain('jo@example.com');
  expect(mails).toEqual([]);
});

test('a connection that is lost after the mail is unclear, and the mail is not sent again', async () => {
  let times = 0;
  const rig = await start({
    onData: (stream) => {
      times += 1;
      stream.resume();
      stream.on('end', () => rig.drop());
    },
  });
  await expect(rig.send()).rejects.toMatchObject({ data: { kind: 'unclear' } });
  expect(times).toBe(1);
});

test('where TLS is required and not there, nothing is sent', async () => {
  const { send, mails } = await start();
  await expect(send({ requireTLS: true })).rejects.toMatchObject({ data: { kind: 'configuration' } });
  expect(mails).toEqual([]);
});
