import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { databases } from '../setup/stores.ts';

type Answer = { status: number; text: string };
type Sent = { method: string; path: string; headers?: Record<string, string>; body?: string | Buffer };
type Parameter = { name: string; in: string };
type Operation = { method: string; path: string; parameters: Parameter[] };

/** Texts that something behind the route may stumble over, as they are. */
const texts = [
  '',
  ' ',
  '0',
  '-1',
  '1e400',
  '99999999999999999999',
  '9007199254740993',
  '\u0000',
  'a\u0000b',
  '\u{1f642}'.repeat(40),
  '\u202e\ufeff',
  '__proto__',
  'constructor',
  "' or 1=1 --",
  '%',
  '../../etc/passwd',
  '+275760-09-13T00:00:00.001Z',
  'x'.repeat(3000),
];
/** The same for URLs, encoded already; some are no encoding of anything. */
const encoded = [
  ...texts.map(encodeURIComponent),
  '%E0%A4%A',
  '%ED%A0%80',
  '%ff',
  '%2e%2e',
  '%2e%2e%2f%2e%2e',
  '%5c..',
];
const queries = [
  '?page=1&page=2',
  '?page[]=1',
  '?__proto__=1&constructor=2&toString=3',
  '?__proto__[a]=1',
  '?%',
  '?%ff=%ff',
  '??&&==&=',
  `?${'a=b&'.repeat(1500)}`,
  '?flow=a&flow=b&csrf=c&csrf=d',
  '?ui_locales=%00%01&flow=%00',
];
const headers: Record<string, string>[] = [
  ...[
    ...[
      'Bearer',
      'Bearer  ',
      `Bearer ${'a'.repeat(6000)}`,
      'Bearer eyJhbGciOiJub25lIn0.e30.',
      'Bearer \u00e4',
      'Basic',
    ],
    ...['Basic %%%', 'Basic Og==', `Basic ${btoa('\0:\0')}`, `Basic ${btoa('%E0%A4%A:%')}`, 'Digest x="', 'x'],
  ].map((authorization) => ({ authorization })),
  ...[
    ...['=', ';;;', 'sesame_console', 'sesame_console=%00', 'sesame_console=%E4', `sesame_console=${'x'.repeat(6000)}`],
    ...['_interaction=\u00e4; _interaction.sig=\u00e4', '_session=%00; _session.sig=%00', '__proto__=1; constructor=2'],
    ...[
      '_interaction_resume=a; _interaction_resume.sig=',
      `sesame_form=${btoa('{"visit":{}}')}`,
      'sesame_flow_=\u00ff',
    ],
  ].map((cookie) => ({ cookie })),
  ...['*', 'zh;q=x', ','.repeat(3000), 'x'.repeat(5000), '\u00ff'].map((value) => ({ 'accept-language': value })),
  ...['text/html', 'x', ';', '*/*;q=2', 'application/json;q=0'].map((accept) => ({ accept })),
  ...['gzip', 'x', '*;q=0', ';'].map((encoding) => ({ 'accept-encoding': encoding })),
  ...['null', 'x', 'http://', 'http://[', 'https://other.example'].map((origin) => ({ origin })),
  ...['none', 'cross-site', 'x'].map((site) => ({ 'sec-fetch-site': site })),
  { host: '' },
  { host: '[' },
  { 'x-forwarded-for': '\u00ff, , [::1', 'x-forwarded-host': '[', 'x-forwarded-proto': 'x', forwarded: 'for=' },
  { 'x-request-id': '\u00ff'.repeat(100) },
  { range: 'bytes=9-1,x', 'if-none-match': '\u00ff', 'if-modified-since': 'never' },
  { prefer: 'return=;;', 'sesame-verification-id': '\u00ff', 'x-sesame-console': '1' },
  { expect: '100-continue' },
  { 'x-http-method-override': 'DELETE', upgrade: 'websocket', connection: 'upgrade' },
];
const deep = (levels: number) => `${'{"customData":'.repeat(levels)}1${'}'.repeat(levels)}`;
const bodies = [
  ...['', '{', 'null', '[]', '"', '\ufeff{}', '{"a":1e400}', '{"a":1,"a":2}', '{"__proto__":1}', '1'.repeat(5000)],
  ...[deep(63), deep(4400), deep(15_000), '['.repeat(100_000), `${'['.repeat(9000)}${']'.repeat(9000)}`],
  ...[
    'flow=%&csrf=%ff',
    'flow=a&flow=b&__proto__=c&constructor=d',
    '&&==',
    `xsrf=${'x'.repeat(15_000)}`,
    'a'.repeat(20_000),
  ],
  Buffer.from([0xff, 0xfe, 0x00, 0x7b]),
];
const contentTypes = [
  ...['application/json', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16', 'text/plain', ''],
  ...[
    'application/x-www-form-urlencoded; charset=nonsense',
    'application/json; charset=',
    'multipart/form-data',
    ';',
    'x/y/z',
  ],
];
const methods = [
  'GET',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'PROPFIND',
  'QUERY',
  'SEARCH',
  'LOCK',
];

/** What is no operation of the OpenAPI document. */
const otherPaths = [
  ...[
    '/',
    '/console',
    '/console/x',
    '/console/assets/x.js',
    '/console/assets/',
    '/console/set-up',
    '/console/set-up.css',
  ],
  ...[
    '/api/docs',
    '/api/docs/static/index.css',
    '/api/docs/json',
    '/api/swagger.json',
    '/livez',
    '/readyz',
    '/pages/pages.css',
    '/favicon.ico',
  ],
  ...['/sign-in', '/sign-in/code', '/sign-in/code/resend', '/sign-in/password', '/sign-in/no-account', '/sign-in/x'],
  ...['/register', '/register/code', '/register/profile', '/register/account-exists', '/forgot-password'],
  ...['/forgot-password/password', '/forgot-password/done', '/account', '/account/phone', '/account/phone/remove'],
  ...['/account/password', '/account/verify', '/account/sessions/end', '/account/sign-out', '/account/signed-out'],
  ...[
    '/oidc/auth',
    '/oidc/auth/x',
    '/oidc/token',
    '/oidc/me',
    '/oidc/jwks',
    '/oidc/session/end',
    '/oidc/token/revocation',
  ],
  ...['/oidc/session/end/confirm', '/oidc/session/end/success', '/oidc/.well-known/openid-configuration', '/oidc/x'],
];

describe.each(databases)('what clients send to a server on %s', (database) => {
  let server: TestServer;
  let operations: Operation[];
  let authorization: string;
  beforeAll(async () => {
    server = await newServer(database);
    authorization = `Bearer ${await server.management.token()}`;
    const { paths } = (await server.management.get('/swagger.json')).body;
    operations = Object.entries<Record<string, { parameters?: Parameter[] }>>(paths).flatMap(
      ([path, operationsOfPath]) =>
        Object.entries(operationsOfPath).map(([method, { parameters = [] }]) => ({
          method: method.toUpperCase(),
          path,
          parameters,
        })),
    );
    expect(operations.length).toBeGreaterThan(50);
  });
  afterAll(() => server.close());

  const filled = (path: string) => path.replace(/\{\w+\}/g, 'x');
  const allPaths = () => [...new Set([...operations.map(({ path }) => filled(path)), ...otherPaths])];

  async function expectNoFault(requests: readonly Sent[]): Promise<void> {
    const before = server.logged.length;
    const pending = [...requests];
    const faults: string[] = [];
    const work = async () => {
      for (let sent = pending.pop(); sent; sent = pending.pop()) {
        const { status, text } = await send(server, sent);
        // A connector that is not there, or a provider that cannot be reached, is no fault of the server.
        const isFault = status >= 500 && !text.includes('"connector.');
        if (isFault) faults.push(`${JSON.stringify(sent).slice(0, 500)}: ${status} ${text.slice(0, 200)}`);
      }
    };
    await Promise.all(Array.from({ length: 8 }, work));
    expect(faults).toEqual([]);
    expect(server.logged.slice(before)).toEqual([]);
  }

  const pathEnds = ['/%2e%2e', '/%2e%2e%2f%2e%2e%2fx', '/..', '/%00', '/%', '/%5c', '//', ';x', `/${'x'.repeat(6000)}`];

  const kinds: [string, () => Sent[], number][] = [
    [
      'path',
      () => [
        ...operations
          .filter(({ path }) => path.includes('{'))
          .flatMap(({ method, path }) => encoded.map((text) => ({ method, path: path.replace(/\{\w+\}/g, text) }))),
        ...allPaths().flatMap((path) => pathEnds.map((end) => ({ method: 'GET', path: `${path}${end}` }))),
      ],
      300,
    ],
    [
      'query',
      () => [
        ...operations.flatMap(({ method, path, parameters }) =>
          parameters
            .filter((parameter) => parameter.in === 'query')
            .flatMap(({ name }) => encoded.map((text) => ({ method, path: `${filled(path)}?${name}=${text}` }))),
        ),
        ...allPaths().flatMap((path) => queries.map((query) => ({ method: 'GET', path: `${path}${query}` }))),
      ],
      400,
    ],
    ['method', () => allPaths().flatMap((path) => methods.map((method) => ({ method, path }))), 300],
    [
      'header',
      () =>
        allPaths().flatMap((path) =>
          headers.flatMap((header) => ['GET', 'POST'].map((method) => ({ method, path, headers: header }))),
        ),
      300,
    ],
    [
      'body',
      () =>
        allPaths().flatMap((path) =>
          contentTypes.flatMap((type) =>
            bodies.map((body) => ({ method: 'POST', path, headers: { 'content-type': type }, body })),
          ),
        ),
      300,
    ],
    [
      'body of an operation',
      () =>
        operations
          .filter(({ method }) => method !== 'GET')
          .flatMap(({ method, path }) =>
            bodies.map((body) => ({
              method,
              path: filled(path),
              headers: { 'content-type': 'application/json' },
              body,
            })),
          ),
      200,
    ],
    ['field', () => fieldsOf(operations), 250],
  ];

  /** The others are refused before any database is asked. */
  const meetDatabases = ['path', 'query', 'body of an operation', 'field'];

  test.each(kinds.filter(([kind]) => database === 'SQLite' || meetDatabases.includes(kind)))(
    'any %s',
    async (_, all, count) => {
      // PostgreSQL differs in which values it takes, of which there are few.
      const requests = sampleOf(fc.constantFrom(...all()), database === 'SQLite' ? count : count / 2);
      await expectNoFault(requests.map((sent) => ({ ...sent, headers: { authorization, ...sent.headers } })));
    },
    120_000,
  );

  if (database !== 'SQLite') return;

  test('JSON that is nested too deeply is refused, and says so', async () => {
    const { body } = await server.management.post('/applications', { name: 'Deep', type: 'MachineToMachine' });
    for (const levels of [65, 4400, 15_000]) {
      const reply = await server.management.request('PATCH', `/api/applications/${body.id}`, {
        body: deep(levels),
        headers: { 'content-type': 'application/json' },
      });
      expect(reply, reply.text).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
      expect(reply.text).toContain('nested');
    }
    expect(
      await server.management.request('PATCH', `/api/applications/${body.id}`, {
        body: deep(60),
        headers: { 'content-type': 'application/json' },
      }),
    ).toMatchObject({ status: 200 });
  });

  test('a body that its client breaks off', async () => {
    const before = server.logged.length;
    const paths = [
      '/api/verification-codes',
      '/api/console/sign-in',
      '/console/set-up',
      '/sign-in',
      '/oidc/token',
      '/account/phone',
    ];
    const types = ['application/json', 'application/x-www-form-urlencoded'];
    for (const path of paths) {
      for (const type of types) {
        for (const end of ['destroy', 'resetAndDestroy'] as const) {
          const socket = connect(Number(new URL(server.baseUrl).port), '127.0.0.1');
          const head = `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\ncontent-type: ${type}\r\n`;
          await new Promise<void>((resolve) =>
            socket.write(`${head}content-length: 1000\r\n\r\n{"phone":`, () => resolve()),
          );
          await server.management.get('/status');
          socket[end]();
        }
      }
    }
    for (let round = 0; round < 20; round += 1) await server.management.get('/status');
    expect(server.logged.slice(before)).toEqual([]);
  });
});

/** Bodies that are right but for one field. */
function fieldsOf(operations: readonly Operation[]): Sent[] {
  const fields = {
    phone: newPhone(),
    verificationCode: '1',
    username: 'x',
    name: 'x',
    primaryPhone: newPhone(),
    password: 'x',
    locale: 'en',
    customData: {},
  };
  const others = [
    '\u0000',
    'a\u0000',
    '\ud800',
    '1e400',
    2 ** 60,
    -1,
    1e308,
    [],
    null,
    true,
    '\u{10ffff}',
    'x'.repeat(2000),
  ];
  const wrong = Object.keys(fields).flatMap((field) => others.map((value) => ({ ...fields, [field]: value })));
  return operations
    .filter(({ method }) => ['POST', 'PATCH', 'PUT'].includes(method))
    .flatMap(({ method, path }) =>
      wrong.map((body) => ({
        method,
        path: path.replace(/\{\w+\}/g, 'x'),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })),
    );
}

const sampleOf = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number): T[] =>
  fc.sample(arbitrary, { numRuns, seed: 20_261_126 });

function send({ baseUrl }: TestServer, { method, path, headers: given = {}, body }: Sent): Promise<Answer> {
  const { hostname, port } = new URL(baseUrl);
  const shown = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  return new Promise((resolve, reject) => {
    const sending = request(
      { hostname, port, method, path, headers: shown, setHost: given.host === undefined },
      async (response: IncomingMessage) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
      },
    );
    // Whatever the server does not take the rest of, it has refused.
    sending.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EPIPE' || error.code === 'ECONNRESET' ? resolve({ status: 0, text: '' }) : reject(error),
    );
    sending.end(body);
  });
}
