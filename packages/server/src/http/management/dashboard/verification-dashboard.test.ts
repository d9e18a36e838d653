import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';
import { messageRow } from '../../../../../../test/setup/message-row.ts';
import { databases } from '../../../../../../test/setup/stores.ts';
import type { MessagesTable } from '../../../store/tables/messages.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.UTC(2026, 0, 31);
const zero = { requested: 0, sent: 0, delivered: 0, verified: 0, failed: 0 };

const message = (changes: Partial<MessagesTable>) =>
  messageRow({ factory_id: 'factory', connector_id: 'connector', created_at: start, ...changes });

const messages = [
  { created_at: start - 1, country: 'US' },
  { state: 'sending' },
  { state: 'failed', country: null, factory_id: null, connector_id: null },
  { state: 'unclear', usage_type: 'Generic' },
  { state: 'accepted' },
  { state: 'undelivered', country: 'US' },
  { state: 'delivered', created_at: start + day - 1 },
  { state: 'unclear', verified_at: start + 1, usage_type: 'Generic' },
  { state: 'delivered', verified_at: start + 1, created_at: start + day, country: 'US' },
  { connector_id: null, state: 'delivered' },
  { created_at: start + 2 * day },
] satisfies Partial<MessagesTable>[];

describe.each(databases)('the funnel of verification on %s', (database) => {
  let server: ConsoleServer;
  let cookie: string;
  beforeAll(async () => {
    server = await newConsoleServer(database);
    cookie = await server.signIn();
    const rows = messages.map(message);
    await server.services.store.db.insertInto('messages').values(rows).execute();
  });
  afterAll(() => server.close());

  const get = (query: string) => server.send('GET', `/api/dashboard/verification${query}`, { cookie });

  test('tells mails from SMS, and counts them to no country', async () => {
    const from = start - 100 * day;
    const mail = { recipient: 'jo@example.com', country: null, created_at: from };
    const rows = [
      message({ ...mail, state: 'accepted' }),
      message({ ...mail, state: 'failed' }),
      message({ country: null, state: 'accepted', created_at: from }),
    ];
    await server.services.store.db.insertInto('messages').values(rows).execute();
    const figures = { delivered: 0, verified: 0 };
    expect((await get(`?from=${from}&until=${from + day}`)).json()).toMatchObject({
      total: { requested: 3 },
      byChannel: [
        { channel: 'Email', requested: 2, sent: 1, failed: 1, ...figures },
        { channel: 'Sms', requested: 1, sent: 1, failed: 0, ...figures },
      ],
      byCountry: [{ country: null, requested: 1, sent: 1, failed: 0, ...figures }],
    });
  });

  test('counts from the beginning up to, not including, the end, without tests', async () => {
    const reply = await get(`?from=${start}&until=${start + 2 * day}`);
    expect(reply.json()).toEqual({
      from: start,
      until: start + 2 * day,
      total: { requested: 8, sent: 5, delivered: 3, verified: 2, failed: 3 },
      byDay: [
        { day: '2026-01-31', requested: 7, sent: 4, delivered: 2, verified: 1, failed: 3 },
        { day: '2026-02-01', requested: 1, sent: 1, delivered: 1, verified: 1, failed: 0 },
      ],
      byHour: [
        { hour: start, requested: 6, sent: 3, delivered: 1, verified: 1, failed: 3 },
        { hour: start + 23 * hour, requested: 1, sent: 1, delivered: 1, verified: 0, failed: 0 },
        { hour: start + day, requested: 1, sent: 1, delivered: 1, verified: 1, failed: 0 },
      ],
      byChannel: [{ channel: 'Sms', requested: 8, sent: 5, delivered: 3, verified: 2, failed: 3 }],
      byCountry: [
        { country: 'CN', requested: 5, sent: 3, delivered: 2, verified: 1, failed: 1 },
        { country: 'US', requested: 2, sent: 2, delivered: 1, verified: 1, failed: 1 },
        { country: null, requested: 1, sent: 0, delivered: 0, verified: 0, failed: 1 },
      ],
      byUsageType: [
        { usageType: 'SignIn', requested: 6, sent: 4, delivered: 2, verified: 1, failed: 2 },
        { usageType: 'Generic', requested: 2, sent: 1, delivered: 1, verified: 1, failed: 1 },
      ],
    });
  });

  test('counts by the days of a time zone, and tells hours of a few days alone', async () => {
    const days = async (query: string) => {
      const { byDay, byHour } = (await get(query)).json();
      return [byDay.map((each: { day: string; requested: number }) => [each.day, each.requested]), byHour.length];
    };
    const long = `from=${start - 40 * day}&until=${start + 2 * day}`;
    expect(await days(`?${long}`)).toEqual([
      [
        ['2026-01-30', 1],
        ['2026-01-31', 7],
        ['2026-02-01', 1],
      ],
      0,
    ]);
    const inShanghai = [
      ['2026-01-31', 7],
      ['2026-02-01', 2],
    ];
    expect(await days(`?${long}&timeZone=Asia/Shanghai`)).toEqual([inShanghai, 0]);
    const short = `from=${start - day}&until=${start + 2 * day}`;
    expect(await days(`?${short}&timeZone=Asia/Shanghai`)).toEqual([inShanghai, 4]);
    expect(await days(`?${short}&timeZone=America/New_York`)).toEqual([
      [
        ['2026-01-30', 7],
        ['2026-01-31', 2],
      ],
      4,
    ]);
  });

  test('is empty where there was nothing', async () => {
    const reply = await get(`?from=${start - 9 * day}&until=${start - 8 * day}`);
    expect(reply.json()).toMatchObject({ total: zero, byDay: [], byCountry: [], byUsageType: [] });
  });

  test('covers the last thirty days unless told otherwise', async () => {
    const { from, until } = (await get('')).json();
    expect(until - from).toBe(30 * day);
    expect(Math.abs(until - server.now())).toBeLessThan(60_000);
    expect((await get(`?until=${start}`)).json()).toMatchObject({ from: start - 30 * day, total: { requested: 1 } });
  });

  test.each([
    `?from=${start}&until=${start}`,
    `?from=${start}&until=${start - 1}`,
    `?from=${start}&until=${start + 101 * day}`,
    '?from=yesterday',
    '?timeZone=Mars/Olympus',
    '?from=-1',
    '?until=1e300',
  ])('refuses %s', async (query) => {
    expect((await get(query)).json()).toMatchObject({ code: 'guard.invalid_input' });
  });
});
