import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';
import { databases } from '../../../../../../test/setup/stores.ts';
import { nobody } from '../../../accounts/user-record.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Noon in Berlin, on the day of which the night had 23 hours. */
const now = Date.parse('2026-03-29T10:00:00Z');

describe.each(databases)('figures of users on %s', (database) => {
  let server: ConsoleServer;
  let cookie: string;
  beforeAll(async () => {
    server = await newConsoleServer(database, () => now);
    cookie = await server.signIn();
    const { db } = server.services.store;
    const made = [now, now - 10.5 * hour, now - 12.5 * hour, now - 6 * day, now - 8 * day, now - 40 * day];
    await db
      .insertInto('users')
      .values(
        made.map((at, index) => ({
          ...nobody,
          id: `user-${index}`,
          password_digest: null,
          created_at: at,
          updated_at: at,
        })),
      )
      .execute();
    const signIns: [string, number][] = [
      ['user-0', now - hour],
      ['user-0', now - 2 * hour],
      ['user-1', now - 2 * hour],
      ['user-2', now - day],
      ['user-2', now - 8 * day],
      ['user-3', now - 6 * day],
      ['user-4', now - 9 * day],
      ['user-5', now - 29 * day],
      ['user-5', now - 31 * day],
      ['user-4', now - 59 * day],
    ];
    await db
      .insertInto('sign_ins')
      .values(
        signIns.map(([user_id, at], index) => ({
          id: `sign-in-${index}`,
          user_id,
          at,
          application_id: 'shop',
          event: 'SignIn',
          method: 'code',
          network: '192.0.2.0/24',
          user_agent: null,
          device: '',
          previous_device: null,
          forgotten_at: null,
        })),
      )
      .execute();
  });
  afterAll(() => server.close());

  const get = async (path: string) => {
    const reply = await server.send('GET', `/api/dashboard/users/${path}`, { cookie });
    return { status: reply.statusCode, body: reply.json() };
  };

  test('count all of them', async () => {
    expect(await get('total')).toEqual({ status: 200, body: { totalUserCount: 6 } });
  });

  test('count those who are new, by the days of where somebody is', async () => {
    const { body } = await get('new');
    expect(body).toMatchObject({ today: { count: 1, delta: -1 }, last7Days: { count: 4, delta: 3 } });
    expect([body.curve.length, body.curve[0].date]).toEqual([30, '2026-02-28']);
    expect((await get('new?timeZone=Europe/Berlin&days=2')).body).toEqual({
      today: { count: 2, delta: 1 },
      last7Days: { count: 4, delta: 3 },
      curve: [
        { date: '2026-03-28', count: 1 },
        { date: '2026-03-29', count: 2 },
      ],
    });
  });

  test('count each of those who signed in once: on a day, in seven days and in thirty', async () => {
    const { body } = await get('active');
    expect(body).toMatchObject({
      dau: { count: 2, delta: 1 },
      wau: { count: 4, delta: 2 },
      mau: { count: 6, delta: 4 },
    });
    expect(body.dauCurve).toHaveLength(30);
    expect(body.dauCurve[0]).toEqual({ date: '2026-02-28', count: 1 });
    expect(body.dauCurve.at(-1)).toEqual({ date: '2026-03-29', count: 2 });
    expect((await get('active?date=2026-03-28&days=1')).body.dauCurve).toEqual([{ date: '2026-03-28', count: 1 }]);
  });

  test.each([
    ['active?date=yesterday', 'date', 'Give a date'],
    ['active?timeZone=Mars/Olympus', 'timeZone', 'Give the name of a time zone'],
    ['active?days=101', 'days', '100'],
    ['new?timeZone=', 'timeZone', 'Give the name of a time zone'],
  ])('refuse %s', async (path, field, words) => {
    expect(await get(path)).toMatchObject({
      status: 400,
      body: { data: { issues: [{ path: field, message: expect.stringContaining(words) }] } },
    });
  });
});
