import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ChildServer, newChildData, startChildServer } from '../setup/child-server.ts';
import { newPhone } from '../setup/phones.ts';
import { goodMetadata, moduleOf, writeConnector } from './installed-connectors-fixture.ts';

/** What the connector does, by the name of its behaviour. */
const behaviours = `
const secret = config.token;
const thrown = {
  text: 'no ' + secret,
  nothing: undefined,
  frozen: Object.freeze(new Error('no ' + secret)),
  getters: { get message() { throw 1 }, get code() { throw 2 }, get data() { throw 3 }, get stack() { throw 4 }, get name() { throw 5 } },
  proxy: new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 2 }, ownKeys() { throw 3 } }),
  huge: new Error('x'.repeat(5e7)),
  circular: Object.assign(new Error('no'), { code: 'general', data: {} }),
  ours: Object.assign(new Error('no'), { code: 'general', data: { kind: 'recipient', message: 'No mobile ' + secret + data.payload.code } }),
};
thrown.circular.data.self = thrown.circular;
const returned = {
  nothing: undefined, null: null, number: 5, text: 'sent', list: [], circular: thrown.circular,
  types: { providerMessageId: {}, text: ['x'] }, 'number-id': { providerMessageId: 42 }, secret: { providerMessageId: secret, text: 'Your code ' + secret },
  huge: { providerMessageId: 'x'.repeat(1e8), text: 'x'.repeat(1e8) }, getter: { get providerMessageId() { return 'id\\n\\u0000' } },
};
const [verb, what] = config.behaviour.split(' ');
if (verb === 'throw') throw thrown[what];
if (verb === 'return') return returned[what];
if (verb === 'leak') {
  if (what === 'rejection') Promise.reject(new Error('leaked ' + secret));
  if (what === 'no-error') Promise.reject(secret);
  if (what === 'timer') setTimeout(() => { throw new RangeError('leaked ' + secret) });
  await new Promise((resolve) => setTimeout(resolve, 50));
}
if (verb === 'exit') process.exit(0);
if (verb === 'grow') for (const all = []; ; ) all.push(new Array(4e6).fill(0.5));
if (verb === 'change') { config.token = data.to = 'changed'; data.payload.code = '999999'; }
if (verb === 'pollute') { Array.prototype.map = JSON.stringify = Object.entries = () => { throw 1 }; }
if (verb === 'print') console.log('token', secret, Buffer.from('key:' + secret).toString('base64'), data.payload.code);
if (verb === 'chatter') for (let line = 0; line < 1e5; line += 1) console.log('chatter'.repeat(100));
if (verb === 'litter') for (let count = 0; count < 1e4; count += 1) Promise.reject(new Error('litter'));
if (verb === 'env') return { text: Object.keys(process.env).filter((name) => name.startsWith('SESAME_')).join() || 'none' };
return { providerMessageId: 'sent-' + config.behaviour };
`;

const token = 'top-secret-token';

describe('installed connectors of all sorts', () => {
  let server: ChildServer;
  let folder: string;
  let remove: () => void;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sesame-installed-'));
    const { env, remove: removeData } = await newChildData('SQLite');
    remove = removeData;
    const installed = join(env.SESAME_DATA_DIR ?? '', 'connectors');
    await writeConnector(folder, 'naughty', { send: behaviours });
    await writeConnector(folder, 'broken', { module: 'throw new Error("out of order")' });
    await writeConnector(folder, 'plivo', { module: moduleOf(goodMetadata('plivo-sms')) });
    await writeConnector(installed, 'own', { module: moduleOf(goodMetadata('own')) });
    await writeConnector(folder, 'own-again', { module: moduleOf(goodMetadata('own')) });
    server = await startChildServer({ ...env, SESAME_CONNECTORS_DIR: folder });
  });
  afterAll(async () => {
    expect(await server.kill('SIGTERM')).toBe(0);
    remove();
    await rm(folder, { recursive: true });
  });

  const config = (behaviour: string) => ({ behaviour, token });
  const send = (behaviour: string, phone = newPhone()) =>
    server.management.post(
      '/connectors/naughty/test',
      { phone, config: config(behaviour) },
      { prefer: 'return=representation' },
    );
  const messageTo = async (phone: string) =>
    (await server.management.get(`/messages?phone=${encodeURIComponent(phone)}`)).body[0];

  /** The last line of the log that says so. */
  const lastLine = (words: string) => {
    const lines = server.stdout().split('\n');
    return JSON.parse(lines.findLast((line) => line.includes(words)) ?? '{}');
  };

  test('the server starts, and says which connectors cannot be used and why', async () => {
    const { body } = await server.management.get('/connector-problems');
    expect(body).toEqual([
      {
        package: 'broken',
        version: '1.0.0',
        connectorId: null,
        location: 'connectors-folder',
        reason: 'It failed while it was loaded: Error: out of order',
      },
      {
        package: 'own-again',
        version: '1.0.0',
        connectorId: 'own',
        location: 'connectors-folder',
        reason: 'Its id own is that of own.',
      },
    ]);
    for (const { package: name, reason } of body) {
      expect(server.stdout()).toContain(`Warning: The connector ${name} 1.0.0 cannot be used. ${reason}`);
    }
  });

  test('a reply says whether a connector is built in or installed, and which package it is', async () => {
    const { body } = await server.management.get('/connector-factories');
    const origins = body.map(({ id, origin, package: from }: Record<string, unknown>) => [id, origin, from]);
    expect(origins).toContainEqual(['twilio-short-message-service', 'built-in', null]);
    expect(origins).toContainEqual(['plivo-sms', 'installed', { name: 'plivo', version: '1.0.0' }]);
    expect(origins).toContainEqual(['own', 'installed', { name: 'own', version: '1.0.0' }]);
    expect(origins.filter(([id]: unknown[]) => id === 'plivo-sms')).toHaveLength(1);
  });

  test.each(['text', 'nothing', 'frozen', 'getters', 'proxy', 'huge', 'circular'])(
    'that throws (%s) costs its own send',
    async (what) => {
      const phone = newPhone();
      const reply = await send(`throw ${what}`, phone);
      expect(reply, reply.text).toMatchObject({
        status: 502,
        body: { code: 'connector.general', data: { kind: 'unclear' } },
      });
      expect(await messageTo(phone)).toMatchObject({ state: 'unclear' });
      expect(await send('ok')).toMatchObject({ status: 200 });
    },
  );

  test('that throws an error of another kind is in the log with the place, and without the words', async () => {
    await send('throw frozen');
    // The log of another process may come a little later than the answer.
    const line = () => lastLine('a connector failed in a way it should not');
    await expect.poll(() => line().frames[0]).toMatch(/naughty.index\.js:\d+:\d+\)?$/);
    expect(line()).toMatchObject({ level: 'error', connector: 'naughty', error: 'Error' });
    expect(Object.keys(line())).toEqual(['level', 'time', 'connector', 'error', 'frames', 'msg']);
  });

  test('that throws as it should is understood, and its words hold no secret and no code', async () => {
    expect(await send('throw ours')).toMatchObject({
      status: 400,
      body: { code: 'connector.general', data: { kind: 'recipient', message: 'No mobile ••••••' } },
    });
  });

  test.each([
    ['nothing', null, null],
    ['null', null, null],
    ['number', null, null],
    ['text', null, null],
    ['list', null, null],
    ['circular', null, null],
    ['types', null, null],
    ['number-id', '42', null],
    ['secret', '•••', 'Your code •••'],
    ['huge', 'x'.repeat(200), 'x'.repeat(2_000)],
    ['getter', 'id', null],
  ])('that returns rubbish (%s) has sent all the same', async (what, providerMessageId, text) => {
    expect(await send(`return ${what}`)).toMatchObject({ status: 200, body: { providerMessageId, text } });
  });

  test.each([
    ['rejection', 'Error'],
    ['no-error', 'UnhandledPromiseRejection'],
    ['timer', 'RangeError'],
  ])('that leaks an error (%s) costs not even its own send; the log names it', async (what, error) => {
    expect(await send(`leak ${what}`)).toMatchObject({ status: 200, body: { providerMessageId: `sent-leak ${what}` } });
    await expect
      .poll(() => lastLine('a connector did not catch'))
      .toMatchObject({ level: 'error', connector: 'naughty', error });
  });

  test('that ends the process ends only its own thread', async () => {
    const phone = newPhone();
    expect(await send('exit', phone)).toMatchObject({ status: 502, body: { data: { kind: 'unclear' } } });
    expect(await messageTo(phone)).toMatchObject({ state: 'unclear' });
    await expect
      .poll(() => lastLine('a connector failed in'))
      .toMatchObject({ error: 'The connector ended its own thread' });
    expect(await send('ok')).toMatchObject({ status: 200 });
  });

  // load-installed.test.ts asks for each limit.
  test('that takes all memory is stopped', async () => {
    const reply = await send('grow');
    expect(reply, reply.text).toMatchObject({ status: 502, body: { data: { kind: 'unclear' } } });
    expect(await send('ok')).toMatchObject({ status: 200 });
  });

  test('that changes what it was given changes nothing of ours', async () => {
    const reply = await server.management.post('/connectors', { connectorId: 'naughty', config: config('change') });
    expect(reply, reply.text).toMatchObject({ status: 200 });
    const phone = newPhone();
    for (let round = 0; round < 2; round += 1) {
      expect(await server.management.post('/verification-codes', { phone })).toMatchObject({ status: 204 });
    }
    expect(await messageTo(phone)).toMatchObject({ recipient: phone, state: 'accepted' });
    expect((await server.management.get(`/connectors/${reply.body.id}`)).body.config).toEqual({
      behaviour: 'change',
      token: '••••oken',
    });
  });

  test('that prints is shown by name, without its secrets', async () => {
    expect(await send('print')).toMatchObject({ status: 200 });
    await expect.poll(() => server.stdout()).toMatch(/\[naughty\] token ••• a2V5\S{0,3}•••\S{0,3} •••/);
  });

  test.each(['chatter', 'litter'])('that floods the log (%s) is cut short', async (behaviour) => {
    const before = server.stdout().length;
    expect(await send(behaviour)).toMatchObject({ status: 200 });
    expect(await send('ok')).toMatchObject({ status: 200 });
    expect(server.stdout().length - before).toBeLessThan(200_000);
  });

  test('sees no setting of the server', async () => {
    expect(await send('env')).toMatchObject({ status: 200, body: { text: 'none' } });
  });

  test('that breaks the language breaks only its own thread', async () => {
    await send('pollute');
    expect(await server.management.get('/connectors')).toMatchObject({ status: 200 });
    const body = { phone: newPhone(), config: {} };
    expect(await server.management.post('/connectors/own/test', body)).toMatchObject({ status: 204 });
    expect(await server.management.post('/connectors/plivo-sms/test', body)).toMatchObject({ status: 204 });
  });

  test('nothing has told the secret', () => {
    const told = server.management.replies.map(({ text }) => text).join('\n') + server.stdout() + server.stderr();
    expect(told).not.toContain(token);
  });
});
