import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';
import { messageRow } from '../../../../../../test/setup/message-row.ts';
import { databases } from '../../../../../../test/setup/stores.ts';
import type { MessagesTable } from '../../../store/tables/messages.ts';

const now = Date.UTC(2026, 0, 31);
const minute = 60_000;

describe.each(databases)('why messages fail, on %s', (database) => {
  let server: ConsoleServer;
  let cookie: string;
  let live: Pick<MessagesTable, 'factory_id' | 'connector_id'>;

  beforeAll(async () => {
    server = await newConsoleServer(database, () => now);
    cookie = await server.signIn();
    const [connector] = (await server.send('GET', '/api/connectors', { cookie })).json();
    live = { connector_id: connector.id, factory_id: connector.connectorId };
  });
  afterAll(() => server.close());

  const add = (minutesAgo: number, changes: Partial<MessagesTable>) =>
    server.services.store.db
      .insertInto('messages')
      .values(messageRow({ ...live, state: 'failed', created_at: now - minutesAgo * minute, ...changes }))
      .execute();
  const failures = async () => (await server.send('GET', '/api/dashboard/failures', { cookie })).json();
  /** The messages that a list of them shows. */
  const found = async (query: string) => {
    const reply = await server.send('GET', `/api/messages?${query}&page_size=100`, { cookie });
    return (reply.json() as { id: string; createdAt: number }[]).map(({ createdAt }) => (now - createdAt) / minute);
  };
  const refused = (providerCode: string, kind = 'configuration') =>
    JSON.stringify({
      code: 'connector.invalid_config',
      kind,
      message: 'Refused.',
      providerCode,
      providerMessage: 'To 138 0013 8000',
    });

  test('they are told by reason, since when and to how many, until the connector works again', async () => {
    expect(await failures()).toEqual({ reasons: [], isMore: false });
    await add(60, { error: refused('old') });
    await add(50, { state: 'accepted' });
    await add(40, { error: refused('20003') });
    await add(30, { error: refused('20003'), recipient: '+8613800138001' });
    await add(20, { error: refused('20003') });
    await add(15, {
      error: JSON.stringify({ code: 'connector.general', kind: 'unclear', message: 'No.', isUnsent: true }),
    });
    await add(10, { error: refused('21211', 'recipient') });
    await add(9, { error: refused('test'), connector_id: null });
    await add(8, { error: refused('other'), connector_id: 'before' });
    await add(7, { state: 'unclear', error: refused('arrived'), verified_at: now });
    await add(6, { usage_type: 'Register', state: 'accepted' });
    expect(await failures()).toEqual({
      isMore: false,
      reasons: [
        {
          id: expect.stringMatching(/^[a-p]{24}$/),
          channel: 'Sms',
          connectorId: live.connector_id,
          connectorFactoryId: live.factory_id,
          state: 'failed',
          error: expect.objectContaining({ providerCode: '20003', providerMessage: 'To ••• 00' }),
          countries: ['CN'],
          messages: 3,
          people: 2,
          since: now - 40 * minute,
          last: now - 20 * minute,
        },
        expect.objectContaining({ messages: 1, error: expect.objectContaining({ isUnsent: true }) }),
      ],
    });
    for (const { id, messages, since, last } of (await failures()).reasons) {
      const minutes = await found(`failing=${id}`);
      expect(minutes).toHaveLength(messages);
      expect([minutes.at(-1), minutes[0]]).toEqual([(now - since) / minute, (now - last) / minute]);
    }
    expect(await found('failing=nothing')).toEqual([]);
    await add(1, { state: 'delivered' });
    expect(await failures()).toEqual({ reasons: [], isMore: false });
  });

  test('what the provider took and then refused for the account is told until a message arrives', async () => {
    const refusedLater = { state: 'undelivered', error: refused('30002') } as const;
    await add(0.9, refusedLater);
    await add(0.8, { state: 'undelivered', error: refused('30003', 'recipient') });
    await add(0.8, { state: 'undelivered', error: refused('30008', 'unclear') });
    // That it is taken says nothing.
    await add(0.7, { state: 'accepted' });
    await add(0.6, refusedLater);
    const [reason, ...others] = (await failures()).reasons;
    expect([reason, others]).toMatchObject([
      { state: 'undelivered', error: { providerCode: '30002' }, messages: 2 },
      [],
    ]);
    expect(await found(`failing=${reason.id}`)).toEqual([0.6, 0.9]);
    const alerts = (await server.send('GET', '/api/dashboard/alerts', { cookie })).json().alerts;
    expect(alerts).toMatchObject([{ kind: 'connector', error: { providerCode: '30002' } }]);
    await add(0.55, { state: 'accepted', verified_at: now });
    expect((await failures()).reasons).toEqual([]);
  });

  test('those of mails are told apart, and have no country', async () => {
    const mail = { connector_id: 'development-inbox-email', factory_id: 'development-inbox-email', country: null };
    await add(0.5, { error: refused('535') });
    await add(0.4, { ...mail, recipient: 'jo@example.com', error: refused('535') });
    await add(0.3, { ...mail, recipient: 'ali@example.com', error: refused('535') });
    expect((await failures()).reasons).toMatchObject([
      { channel: 'Email', connectorId: mail.connector_id, countries: [], messages: 2, people: 2 },
      { channel: 'Sms', connectorId: live.connector_id, countries: ['CN'], messages: 1 },
    ]);
    await add(0.2, { ...mail, recipient: 'jo@example.com', state: 'accepted' });
    expect((await failures()).reasons).toMatchObject([{ channel: 'Sms' }]);
    await add(0.1, { state: 'delivered' });
  });

  test('of a time are told by reason, delivered ones and tests left out', async () => {
    const at = 60 * 24 * 40;
    await add(at, { error: refused('20003') });
    await add(at + 1, { error: refused('20003') });
    await add(at + 2, { error: refused('21211', 'recipient'), state: 'undelivered' });
    await add(at + 3, { error: refused('20003'), connector_id: null });
    await add(at + 4, { error: refused('20003'), verified_at: now });
    await add(at + 5, { state: 'accepted' });
    await add(at + 6, { error: null, factory_id: null, connector_id: null });
    // What a provider says may have any character.
    const words = JSON.stringify({ message: 'a \0 \ud800 \\ to "+86 138 0013 8000"' });
    await add(at + 7, { error: words, state: 'unclear' });
    const range = `from=${now - (at + 10) * minute}&until=${now - (at - 1) * minute}`;
    const reply = await server.send('GET', `/api/dashboard/failure-reasons?${range}`, { cookie });
    const told = (providerCode: string, kind = 'configuration') => ({
      code: 'connector.invalid_config',
      kind,
      providerCode,
      message: 'Refused.',
    });
    const reasons = [
      { outcome: 'failed', connectorFactoryId: live.factory_id, error: told('20003'), messages: 2 },
      { outcome: 'undelivered', connectorFactoryId: live.factory_id, error: told('21211', 'recipient'), messages: 1 },
      { outcome: 'failed', connectorFactoryId: null, error: {}, messages: 1 },
      {
        outcome: 'unclear',
        connectorFactoryId: live.factory_id,
        error: { message: expect.stringMatching(/^a .* to "\+86 ••• 00"$/) },
        messages: 1,
      },
    ];
    expect(reply.json()).toEqual({
      isMore: false,
      reasons: [reasons[0], ...reasons.slice(1).map(() => expect.anything())],
    });
    expect(reply.json().reasons).toEqual(expect.arrayContaining(reasons));
    for (const { outcome, connectorFactoryId: factory, error, messages } of reply.json().reasons) {
      const { code = 'none', kind = 'none', providerCode = 'none' } = error;
      const of = `error=${code}&errorKind=${kind}&providerCode=${providerCode}&connectorFactoryId=${factory ?? 'none'}`;
      expect(await found(`outcome=${outcome}&${of}&tests=false&${range}`)).toHaveLength(messages);
    }
    expect(await found(`tests=true&${range}`)).toEqual([at + 3]);
    for (const wrong of [`from=${now}&until=${now}`, `from=${now - 101 * 24 * 60 * minute}&until=${now}`]) {
      const refusal = await server.send('GET', `/api/dashboard/failure-reasons?${wrong}`, { cookie });
      expect(refusal.json()).toMatchObject({ code: 'guard.invalid_input' });
    }
  });

  test('a country that messages get to hides no other', async () => {
    await server.services.store.db.deleteFrom('messages').execute();
    await add(40, { error: refused('60410'), country: 'KE', recipient: '+254712123456' });
    await add(35, { error: refused('60410'), country: 'UG', recipient: '+256712345678' });
    await add(34, { error: refused('60410'), country: 'UG', recipient: '+256712345678' });
    await add(33, { error: refused('60410'), country: null, recipient: '+8835100' });
    await add(30, { state: 'accepted' });
    await add(30, { state: 'accepted', country: null, recipient: '+8835100' });
    const { reasons } = await failures();
    expect(reasons).toMatchObject([
      { countries: ['UG', 'KE'], messages: 3, people: 2, since: now - 40 * minute, last: now - 34 * minute },
    ]);
    await add(20, { state: 'delivered', country: 'UG' });
    expect((await failures()).reasons).toMatchObject([{ countries: ['KE'], messages: 1 }]);
    await add(10, { state: 'accepted', country: 'KE' });
    expect(await failures()).toEqual({ reasons: [], isMore: false });
  });

  test('operators see what the server is and how it is set, and viewers do not', async () => {
    const reply = await server.send('GET', '/api/system', { cookie });
    expect(reply.json()).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      nodeVersion: process.version,
      readiness: 'ok',
      database: {
        kind: database,
        version: expect.stringMatching(/^\d+\./),
      },
      signingKey: { id: expect.any(String), effectiveAt: expect.any(Number) },
    });
    expect(reply.json().database.bytes).toBeGreaterThan(100_000);
    expect(Object.keys(reply.json().database.rows)).toContain('messages');
  });
});
