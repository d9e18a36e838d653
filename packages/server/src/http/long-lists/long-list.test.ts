import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../test/setup/console.ts';
import { messageRow } from '../../../../../test/setup/message-row.ts';
import { databases } from '../../../../../test/setup/stores.ts';
import type { MessagesTable } from '../../store/tables/messages.ts';

const start = 1_700_000_000_000;
const count = 1_203;
const password = 'open barley';
const evil = `=HYPERLINK("https://evil.example","x"),\n`;

const message = (index: number): MessagesTable => {
  const recipient = `+491512${String(index).padStart(7, '0')}`;
  const refusal = { code: 'connector.general', message: `No way to ${recipient}` };
  return messageRow({
    ...{ id: `message-${index}`, recipient, country: 'DE', factory_id: 'one', connector_id: 'c1' },
    ...(index === 5 && { usage_type: evil }),
    ...(index % 100 === 1 && { state: 'failed', error: JSON.stringify(refusal) }),
    created_at: start + index,
  });
};

describe.each(databases)('long lists on %s', (database) => {
  let server: ConsoleServer;
  let cookie: string;
  let viewer: string;
  beforeAll(async () => {
    server = await newConsoleServer(database);
    cookie = await server.signIn();
    await server.services.administrators.colleagues.create({ username: 'viewer', password, role: 'viewer' });
    viewer = await server.signIn({ username: 'viewer', password });
    const { store, users } = server.services;
    const rows = Array.from({ length: count }, (_, index) => message(index));
    for (let from = 0; from < count; from += 500) {
      await store.db
        .insertInto('messages')
        .values(rows.slice(from, from + 500))
        .execute();
    }
    await users.create({
      name: '+1+cmd|"/C calc"!A0',
      primaryPhone: '+4915123456789',
      customData: { tel: '+4915123456789' },
    });
    await users.create({ username: 'ali' });
    await users.create({ username: 'zoe' });
  });
  afterAll(() => server.close());

  const get = (url: string, accept?: string, as = cookie) =>
    server.send('GET', url, { cookie: as, ...(accept && { headers: { accept } }) });
  const idsIn = (body: string) => (JSON.parse(body) as { id: string }[]).map(({ id }) => id);
  const linkIn = (link: unknown, relation: string) =>
    new RegExp(`<([^>]+)>; rel="${relation}"`).exec(String(link))?.[1]?.replace(/^https?:\/\/[^/]+/, '');
  const newestFirst = Array.from({ length: count }, (_, index) => `message-${count - 1 - index}`);

  test('are walked to the end by cursors, and back', async () => {
    const seen: string[] = [];
    let reply = await get('/api/messages?page_size=100');
    expect(reply.headers['total-number']).toBe(String(count));
    expect(linkIn(reply.headers.link, 'next')).toContain('page=2');
    for (;;) {
      seen.push(...idsIn(reply.body));
      const cursor = reply.headers['next-cursor'];
      if (!cursor) break;
      reply = await get(`/api/messages?page_size=100&after=${cursor}`);
      expect(reply.headers['total-number']).toBeUndefined();
    }
    expect(seen).toEqual(newestFirst);
    expect(linkIn(reply.headers.link, 'next')).toBeUndefined();
    const back = await get(linkIn(reply.headers.link, 'prev') ?? '');
    expect(idsIn(back.body)).toEqual(newestFirst.slice(1_100, 1_200));
    const again = await get(linkIn(back.headers.link, 'next') ?? '');
    expect(idsIn(again.body)).toEqual(newestFirst.slice(1_200));
  });

  test.each([
    ['?after=x', 'after'],
    ['?after=x&before=y', 'after'],
    ['?page=900000', 'page'],
    ['?format=csv&page=2', 'page'],
    ['?format=csv&page_size=5', 'page'],
    ['?format=xlsx', 'format'],
    ['?search=%21%3F', 'search'],
  ])('%s is refused, and says what is wrong with %s', async (query, path) => {
    const reply = await get(`/api/messages${query}`);
    expect(reply.statusCode).toBe(400);
    expect(reply.json().data.issues).toMatchObject([{ path }]);
  });

  test('a cursor is of one list, and tells nothing', async () => {
    const { headers } = await get('/api/users?page_size=1');
    const cursor = String(headers['next-cursor']);
    expect((await get(`/api/messages?after=${cursor}`)).statusCode).toBe(400);
    expect((await get(`/api/users?after=${cursor}`)).statusCode).toBe(200);
    const [last] = (await get('/api/users')).json();
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toContain(last.id);
    expect((await get(`/api/users?after=${cursor}&page=2`)).statusCode).toBe(400);
  });

  test('have a first page after the last one that has a number', async () => {
    const reply = await get('/api/messages?page_size=100&page=10001');
    expect([reply.statusCode, reply.json()]).toEqual([200, []]);
    expect((await get('/api/messages?page_size=100&page=10002')).json().data.issues[0].message).toContain('`after`');
  });

  test.each([
    ['0000007', 1],
    ['+49 1512', count],
    ['0049 1512 0000', 1_000],
    ['01512-0000007', 1],
    ['49151200000', 100],
    ['999', 1],
  ])('a message is found by a part of its number: %s', async (part, found) => {
    const reply = await get(`/api/messages?search=${encodeURIComponent(part)}`);
    expect(Number(reply.headers['total-number'])).toBe(found);
    expect((await get(`/api/messages?search=${encodeURIComponent(part)}`, undefined, viewer)).statusCode).toBe(403);
  });

  test('are found by what went wrong, by when, and both', async () => {
    const query = `error=connector.general&from=${start + 300}&until=${start + 700}`;
    expect(idsIn((await get(`/api/messages?${query}`)).body)).toEqual([601, 501, 401, 301].map((n) => `message-${n}`));
    expect((await get('/api/messages?error=connector.gener')).json()).toEqual([]);
  });

  test('are exported whole as NDJSON, and on from a place', async () => {
    const reply = await get('/api/messages?format=ndjson');
    expect(reply.headers['content-type']).toContain('application/x-ndjson');
    const entries = reply.body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(entries.map(({ id }) => id)).toEqual(newestFirst);
    expect(entries[0]).toEqual((await get('/api/messages?page_size=1')).json()[0]);
    const { headers } = await get('/api/messages?page_size=100');
    const rest = await get(`/api/messages?after=${headers['next-cursor']}`, 'application/x-ndjson');
    expect(rest.body.trimEnd().split('\n')).toHaveLength(count - 100);
  });

  test('are exported as CSV that a spreadsheet does not run', async () => {
    const reply = await get('/api/messages', 'text/csv');
    expect(reply.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="messages.csv"',
    });
    const entries = parse(reply.body, { columns: true }) as Record<string, string>[];
    expect(entries.map(({ id }) => id)).toEqual(newestFirst);
    const at = (index: number) => entries[count - 1 - index];
    expect(at(5)).toMatchObject({ usageType: `'${evil}`, recipient: '+4915120000005', connectorId: 'c1', error: '' });
    expect(JSON.parse(at(101)?.error ?? '')).toMatchObject({ code: 'connector.general' });
    const users = parse((await get('/api/users?format=csv')).body, { columns: true }) as Record<string, string>[];
    expect(users.find(({ primaryPhone }) => primaryPhone)).toMatchObject({ name: `'+1+cmd|"/C calc"!A0` });
    expect(Object.keys(users[0] ?? {})).not.toContain('passwordDigest');
    const log = parse((await get('/api/audit-log?format=csv')).body, { columns: true }) as Record<string, string>[];
    expect(log.map(({ action }) => action)).toEqual(
      (await get('/api/audit-log?page_size=100')).json().map(({ action }: { action: string }) => action),
    );
  });

  test.each(['csv', 'ndjson'])('an export as %s masks numbers for viewers as the list does', async (format) => {
    for (const list of ['messages', 'users', 'audit-log']) {
      const reply = await get(`/api/${list}?format=${format}`, undefined, viewer);
      expect(reply.statusCode).toBe(200);
      expect(reply.body).not.toMatch(/15123456789|1512000\d{4}/);
      expect(reply.body.length).toBeGreaterThan(0);
    }
    const shown = (await get('/api/messages?page_size=1', undefined, viewer)).json();
    const [exported = ''] = (await get('/api/messages?format=ndjson', undefined, viewer)).body.split('\n');
    expect(JSON.parse(exported)).toEqual(shown[0]);
    expect((await get(`/api/users?format=${format}&includePasswordHash=true`, undefined, viewer)).statusCode).toBe(403);
  });

  test('an export of nothing is a header, or nothing', async () => {
    expect((await get('/api/messages?format=ndjson&country=XX')).body).toBe('');
    expect((await get('/api/messages?format=csv&country=XX')).body).toMatch(/^"id","channel","recipient",[^\n]+\r\n$/);
  });

  test('the audit log is found by who, what and when', async () => {
    const actions = async (query: string) =>
      (await get(`/api/audit-log?${query}`)).json().map(({ action }: { action: string }) => action);
    await server.send('POST', '/api/applications', { cookie, body: { name: 'One', type: 'SPA' } });
    expect(await actions('action=application.create')).toEqual(['application.create']);
    expect(await actions('action=application.create&actorType=server')).toEqual([]);
    expect(await actions(`action=application.create&until=${start}`)).toEqual([]);
    expect(await actions('subjectType=application&actorType=administrator')).toEqual(['application.create']);
    expect((await get('/api/audit-log?subjectId=%2B4915123456789', undefined, viewer)).statusCode).toBe(403);
  });

  test('whoever signs in waits for no list', async () => {
    const { reader } = server.services.store;
    const order: string[] = [];
    const slow =
      database === 'SQLite'
        ? sql`with recursive n (i) as (select 1 union all select i + 1 from n where i < 3000000) select max(i) from n`
        : sql`select pg_sleep(1)`;
    const reads = [1, 2, 3, 4].map(() => slow.execute(reader).then(() => order.push('read')));
    const list = get('/api/messages').then(() => order.push('listed'));
    expect((await server.send('GET', '/livez')).statusCode).toBe(200);
    const body = { phone: '+8613800138000' };
    expect((await server.send('POST', '/api/verification-codes', { cookie, body })).statusCode).toBe(204);
    order.push('sent');
    await Promise.all([...reads, list]);
    expect(order.indexOf('sent')).toBeLessThan(order.lastIndexOf('read'));
  });
});
