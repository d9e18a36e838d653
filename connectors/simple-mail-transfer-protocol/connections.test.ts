import type { Socket } from 'node:net';
import { failureOf } from '@sesame/connector-kit/connector-test';
import { expect, onTestFinished, test } from 'vitest';
import { type SmtpScript, type SmtpStep, startScriptedSmtp } from '../../test/doubles/scripted-smtp.ts';
import create from './index.ts';
import { config } from './test-account.ts';

const auth = { user: 'jo', pass: 'secret-of-jo' };

/** A server with this script, and what sends mails to it. */
async function start(script: SmtpScript) {
  const server = await startScriptedSmtp(script);
  const known = { ...config, port: server.port, auth };
  const connector = await create({ getConfig: async () => known, sleep: async () => {} });
  onTestFinished(async () => {
    connector.close?.();
    await server.close();
  });
  const send = (to = 'jo@example.com') => connector.sendMessage({ to, type: 'SignIn', payload: { code: '918273' } });
  return { ...server, send };
}

/** Ends the connection with these words. */
const end = (socket: Socket, words: string) => {
  socket.end(`${words}\r\n`);
  return new Promise<undefined>(() => {});
};

test.each<[SmtpStep, string]>([
  ['greeting', '421 4.7.0 Too many concurrent SMTP connections'],
  ['AUTH', '432 4.3.2 Concurrent connections limit exceeded'],
  ['end', '432 4.3.2 Sender thread limit exceeded'],
])('a server that takes two connections at a time, and at %s says %j, gets each mail once', async (step, words) => {
  const taken = new Set<Socket>();
  const { send, counts, recipients } = await start((now, socket) => {
    if (now !== step) return undefined;
    if (taken.has(socket)) return undefined;
    if (taken.size === 2) return end(socket, words);
    taken.add(socket);
    socket.once('close', () => taken.delete(socket));
    return undefined;
  });
  const people = Array.from({ length: 30 }, (_, index) => `jo-${index}@domain-${index % 4}.example`);
  await Promise.all(people.map(send));
  expect(counts.taken).toBe(30);
  expect(new Set(recipients)).toEqual(new Set(people));
});

test('a server that takes no connection at all is asked three times', async () => {
  const { send, counts } = await start((_, socket) => end(socket, '421 Too many connections from your network'));
  expect((await failureOf(send())).data).toMatchObject({ kind: 'limit', providerCode: '421' });
  expect(counts.connections).toBe(3);
  const failures = await Promise.all(Array.from({ length: 8 }, () => failureOf(send())));
  expect(failures.map(({ data }) => data.kind)).toEqual(Array(8).fill('limit'));
});

test.each<[SmtpStep, string]>([
  ['MAIL', '421 4.7.0 Too many messages on this connection'],
  ['MAIL', '451 4.7.0 Too many messages in this session'],
  ['MAIL', '554 Too many mails over one connection'],
  ['RCPT', '452 4.5.3 Too many recipients'],
  ['end', '450 4.7.0 The message limit of this session is exceeded'],
])('where a connection is good for two mails, and at %s %j is said, others follow on another', async (step, words) => {
  const mails = new Map<Socket, number>();
  const { send, counts } = await start((now, socket) => {
    if (now === step && (mails.get(socket) ?? 0) > 1) return words.startsWith('421') ? end(socket, words) : words;
    if (now === 'end') mails.set(socket, (mails.get(socket) ?? 0) + 1);
    return undefined;
  });
  for (let sent = 0; sent < 5; sent += 1) await send();
  expect(counts).toMatchObject({ taken: 5, connections: 3 });
});

test.each<[SmtpStep, string]>([
  ['MAIL', '250 Ok\r\n250 Ok once more'],
  ['MAIL', '530 Sign in first'],
  ['DATA', '503 Which mail?'],
])('after %s was answered with %j, the next mail has another connection', async (step, reply) => {
  let isOver = false;
  const held = Promise.withResolvers<undefined>();
  const isReached = Promise.withResolvers<void>();
  const { send, counts } = await start((now, _, line) => {
    if (now === 'RCPT' && line.includes('slow@')) {
      isReached.resolve();
      return held.promise;
    }
    if (now !== step || isOver || counts.connections < 2) return undefined;
    isOver = true;
    return reply;
  });
  // With a mail under way nothing of before is closed.
  const first = send('slow@slow.example');
  await isReached.promise;
  await failureOf(send());
  await send();
  expect(counts.connections).toBe(3);
  held.resolve(undefined);
  await first;
});
