import { Readable } from 'node:stream';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databaseAway } from '../store/unavailable.ts';
import { handleErrors } from './errors.ts';
import { createRequestIds, loggerOptions, nameRequests, RequestLog } from './logging.ts';

const secret = 'open-sesame-7f3c';
const code = '802943';
const phone = '+8613800138000';

let lines: string[];
let app: FastifyInstance;
let time = 0;
const logged = () => lines.map((line) => JSON.parse(line));

async function start(level: 'trace' | 'debug' | 'info'): Promise<FastifyInstance> {
  lines = [];
  app = Fastify({
    logger: loggerOptions(level, { now: () => time }, { write: (line: string) => void lines.push(line) }),
    logController: new RequestLog(),
    genReqId: createRequestIds({ randomUUID: () => 'made-request-id' }),
  });
  nameRequests(app);
  app.get('/users/:id', (_, reply) => reply.send('ok'));
  app.get('/busy', (_, reply) => reply.code(503).send('later'));
  app.get('/broken', () => Promise.reject(new Error('broken')));
  return app;
}

beforeEach(() => start('trace'));
afterEach(() => app.close());

describe('no secret is logged', () => {
  const everySecret = { authorization: secret, password: secret, code, config: { key: secret }, recipient: phone };
  const failure = Object.assign(new Error(`no route to ${phone} with Bearer ${secret}`, { cause: everySecret }), {
    data: everySecret,
    detail: `Key (phone)=(${phone}) ${secret}`,
    parameters: [secret, code],
  });
  const writers: Record<string, () => void> = {
    'an object': () => app.log.info(everySecret),
    'an object in an object': () => app.log.warn({ a: [{ b: everySecret }] }, 'deep'),
    'an error': () => app.log.error(failure),
    'an error under err': () => app.log.error({ err: failure }, 'failed'),
    'an error in an error': () => app.log.error({ err: new Error('outer', { cause: failure }) }),
    'several errors': () => app.log.error({ err: new AggregateError([failure], 'many') }),
    'a child': () => app.log.child({ token: secret, session: { cookie: secret } }).info('from a child'),
    'a message': () => app.log.info(`GET /x?code=${code}&token=${secret} to ${phone}`),
    'values in a message': () => app.log.info('sent to %s: %j', phone, { code, password: secret }),
    'a URL of a database': () => app.log.info(`postgres://sesame:${secret}@db/sesame`),
  };

  test.each(Object.keys(writers))('from %s', (name) => {
    writers[name]?.();
    expect(lines).toHaveLength(1);
    const leaks = [secret, code, phone, phone.slice(1)].filter((leak) => lines.join('').includes(leak));
    expect(leaks).toEqual([]);
  });

  test('from a request and its reply', async () => {
    app.post('/echo', (request, reply) => {
      request.log.info({ req: request, res: reply, headers: request.headers, body: request.body }, 'all of it');
      reply.header('set-cookie', `session=${secret}`).send(request.body);
    });
    app.post('/fail', () => Promise.reject(failure));
    const sent = { headers: { authorization: `Bearer ${secret}`, cookie: `session=${secret}` }, payload: everySecret };
    await app.inject({ method: 'POST', url: `/echo?code=${code}&access_token=${secret}`, ...sent });
    await app.inject({ method: 'POST', url: '/fail', ...sent });
    await app.inject({ method: 'POST', url: `/callbacks/${secret}/aliyun?code=${code}`, ...sent });
    expect(logged().map(({ msg }) => msg)).toContain('all of it');
    for (const leak of [secret, code, phone]) expect(lines.join('')).not.toContain(leak);
  });
});

test('a request is one line with its route, status, time and id', async () => {
  await app.inject('/users/u1?phone=1');
  expect(logged()).toEqual([
    {
      level: 'debug',
      time: expect.any(Number),
      reqId: 'made-request-id',
      method: 'GET',
      route: '/users/:id',
      remoteAddress: '127.0.0.1',
      statusCode: 200,
      milliseconds: expect.any(Number),
      msg: 'request',
    },
  ]);
});

test('a path without a route is logged as it is', async () => {
  await app.inject('/nowhere?x=1');
  expect(logged().at(-1)).toMatchObject({ level: 'debug', path: '/nowhere', statusCode: 404 });
});

test('at info only requests that the server failed are logged', async () => {
  await app.close();
  await start('info');
  for (const path of ['/users/u1', '/busy', '/broken']) await app.inject(path);
  expect(logged().filter(({ msg }) => msg === 'request')).toEqual([
    expect.objectContaining({ level: 'warn', route: '/broken', statusCode: 500 }),
  ]);
});

test('a client that leaves before its answer begins is no error', async () => {
  await app.close();
  await start('info');
  handleErrors(app);
  const answered = Promise.withResolvers<void>();
  app.addHook('preSerialization', async (_request, _reply, payload) => {
    answered.resolve();
    return payload;
  });
  app.post('/list', ({ raw: { socket } }, reply) => {
    reply.send(new Readable({ read: () => void socket.destroy() }));
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  await expect(fetch(`${url}/list`, { method: 'POST', body: 'x' })).rejects.toThrow();
  await answered.promise;
  expect(logged().filter(({ msg }) => !msg.startsWith('Server listening'))).toEqual([]);
});

test('an error keeps what helps to find its cause', () => {
  const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  const error = Object.assign(new TypeError('fetch failed', { cause }), { data: { kind: 'unclear' } });
  app.log.error({ err: error }, 'a send failed');
  expect(logged()[0]).toMatchObject({
    level: 'error',
    msg: 'a send failed',
    err: {
      type: 'TypeError',
      message: 'fetch failed',
      data: { kind: 'unclear' },
      stack: expect.stringContaining('logging.test'),
      cause: { type: 'Error', message: 'refused', errorCode: 'ECONNREFUSED' },
    },
  });
});

test.each([
  ['0123-abcd_EF', '0123-abcd_EF'],
  ['short', 'made-request-id'],
  ['x'.repeat(65), 'made-request-id'],
  ['a b c d e f g h', 'made-request-id'],
])('a proxy that calls a request %j has it logged as %j', async (given, reqId) => {
  const reply = await app.inject({ url: '/users/u1', headers: { 'x-request-id': given } });
  expect(logged()[0]).toMatchObject({ reqId });
  expect(reply.headers['logto-core-request-id']).toBe(reqId);
});

test('that the database is away is said once in ten seconds for each reason, however many ask', async () => {
  handleErrors(app);
  app.get('/away/:reason', ({ params }) => {
    const { reason } = params as { reason: string };
    throw Object.assign(new Error(reason), { code: reason });
  });
  const ask = (reason: string) => app.inject(`/away/${reason}`);
  const said = () => logged().filter(({ msg }) => msg === databaseAway);
  for (const reason of ['ECONNREFUSED', 'ECONNREFUSED', '53100', 'ECONNREFUSED']) {
    expect(await ask(reason)).toMatchObject({ statusCode: 503, headers: { 'retry-after': '5' } });
  }
  expect(said().map(({ err, leftOut }) => [err.message, leftOut])).toEqual([
    ['ECONNREFUSED', undefined],
    ['53100', 1],
  ]);
  time += 10_000;
  await ask('ECONNREFUSED');
  expect(said().at(-1)).toMatchObject({ err: { message: 'ECONNREFUSED' }, leftOut: 1 });
});
