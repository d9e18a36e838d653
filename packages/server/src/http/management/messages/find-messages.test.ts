import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';

let server: ConsoleServer;
let cookie: string;
const [russian, italian] = ['+79123456789', '+390612345678'];
const [german, ukrainian] = ['info@xn--mnchen-3ya.de', 'post@xn--80a1acny.xn--p1ai'];
beforeAll(async () => {
  server = await newConsoleServer('SQLite');
  cookie = await server.signIn();
  for (const body of [{ phone: russian }, { phone: italian }, { email: german }, { email: ukrainian }]) {
    const { statusCode } = await server.send('POST', '/api/verification-codes', { cookie, body });
    expect(statusCode).toBe(204);
  }
  await server.services.users.create({ name: 'Ali Baba', username: 'ali', primaryPhone: '+447400123456' });
});
afterAll(() => server?.close());

const cases: [string, string][] = [
  ['8 912 34', russian],
  ['89123456789', russian],
  ['+7 (8) 912', russian],
  ['06 1234', italian],
  ['+39 (06) 12', italian],
  ['info@münchen.de', german],
  ['INFO@MÜNCHEN', german],
  ['mailto:info@münchen。de', german],
  ['@münchen.de', german],
  ['xn--mnchen', german],
  ['post@почта.рф', ukrainian],
  ['@почта', ukrainian],
];

describe.each([
  [
    'the list of messages',
    '/api/messages?search=',
    (body: { recipient: string }[]) => body.map((one) => one.recipient),
  ],
  [
    'the development inbox',
    '/api/development-inbox?search=',
    (body: { phone: string | null; email: string | null }[]) => body.map(({ phone, email }) => phone ?? email),
  ],
  [
    'the box in the header',
    '/api/search?q=',
    (body: { messages: { recipient: string }[] }) => body.messages.map((one) => one.recipient),
  ],
] as const)('%s finds a recipient', (_, path, recipientsOf) => {
  test.each(cases.filter(([typed]) => !path.includes('search?') || /[\d@.]/.test(typed)))(
    'by %j',
    async (typed, kept) => {
      const reply = await server.send('GET', path + encodeURIComponent(typed), { cookie });
      expect((recipientsOf as (body: unknown) => unknown)(reply.json())).toEqual([kept]);
    },
  );
});

test.each(['%', '_', '\\', '%%', '_______', '%a%', 'i%', '.%', '@%', 'info@_______', '\\%'])(
  'what stands for others in a database stands for itself: %j',
  async (typed) => {
    const lists = [
      '/api/messages?search=',
      '/api/development-inbox?search=',
      '/api/suppressions?search=',
      '/api/audit-log?search=',
    ];
    const found = async (path: string) => {
      const reply = await server.send('GET', path + encodeURIComponent(typed), { cookie });
      // The list of messages says what to type instead.
      return reply.statusCode === 400 ? [] : reply.json();
    };
    expect(await found('/api/search?q=')).toEqual({
      ...{ users: [], messages: [], applications: [], mayBeMore: false },
    });
    expect(await Promise.all(lists.map(found))).toEqual(lists.map(() => []));
  },
);
