import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';
import { databases } from '../../../../../../test/setup/stores.ts';

const inbox = 'development-inbox';
const isSms = ({ type }: { type: string }) => type === 'Sms';
const vonage = 'vonage-sms';
const config = {
  apiKey: 'abcd1234',
  apiSecret: 'a secret that nobody sees',
  brandName: 'Cave',
  templates: ['SignIn', 'Register', 'ForgotPassword', 'Generic'].map((usageType) => ({
    usageType,
    content: 'Your code is {{code}}.',
  })),
};

describe.each(databases)('a connector that is made without a configuration, on %s', (database) => {
  let server: ConsoleServer;
  let cookie: string;
  beforeEach(async () => {
    server = await newConsoleServer(database);
    cookie = await server.signIn();
  });
  afterEach(() => server.close());

  const send = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: object) => {
    const reply = await server.send(method, `/api${url}`, { cookie, ...(body && { body }) });
    return { status: reply.statusCode, body: reply.body ? reply.json() : undefined };
  };
  const make = (fields: object = {}) => send('POST', '/connectors', { connectorId: vonage, ...fields });
  const states = async () =>
    (await send('GET', '/connectors')).body.filter(isSms).map(({ id, state }: Record<string, string>) => [id, state]);
  const sendCode = () => send('POST', '/verification-codes', { phone: '+8613800138000' });

  test('waits for it, and the live one goes on sending', async () => {
    expect(await make({ id: 'waiting' })).toMatchObject({
      status: 200,
      body: { id: 'waiting', connectorId: vonage, state: 'not-configured', config: {} },
    });
    expect(await states()).toEqual([
      [inbox, 'live'],
      ['waiting', 'not-configured'],
    ]);
    expect(await send('GET', '/connectors/waiting')).toMatchObject({ status: 200, body: { state: 'not-configured' } });
    expect((await send('GET', '/connectors/history')).body).toEqual([]);
    expect((await send('GET', '/connectors?target=vonage-sms')).body).toMatchObject([{ id: 'waiting' }]);
    expect((await sendCode()).status).toBe(204);
  });

  test('is deleted for good, and was never live', async () => {
    await make({ id: 'waiting' });
    expect(await send('DELETE', '/connectors/history/waiting')).toMatchObject({ status: 404 });
    expect(await send('POST', '/connectors/history/waiting/restore')).toMatchObject({ status: 404 });
    expect(await send('DELETE', '/connectors/waiting')).toMatchObject({ status: 204 });
    expect(await send('DELETE', '/connectors/waiting')).toMatchObject({ status: 404 });
    expect(await states()).toEqual([[inbox, 'live']]);
    expect((await send('GET', '/connectors/history')).body).toEqual([]);
  });

  test('gives way to the next one that waits or goes live, and one of a channel waits', async () => {
    await make({ id: 'first' });
    await make({ id: 'second', connectorId: 'tencent-short-message-service' });
    await make({ id: 'second' });
    expect(await states()).toEqual([
      [inbox, 'live'],
      ['second', 'not-configured'],
    ]);
    await Promise.all(Array.from({ length: 10 }, () => make()));
    expect(await states()).toEqual([
      [inbox, 'live'],
      [expect.any(String), 'not-configured'],
    ]);
    const { body } = await make({ config });
    expect(await states()).toEqual([[body.id, 'live']]);
  });

  test('of many first configurations and set-ups at once, one is live and none is lost', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = (await make()).body;
      const replies = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          index % 2 ? send('PATCH', `/connectors/${id}`, { config }) : make({ config, id: `${round}-${index}` }),
        ),
      );
      expect(replies.filter(({ status }) => status !== 200 && status !== 404)).toEqual([]);
      const listed = await states();
      expect(listed).toEqual([[expect.any(String), 'live']]);
      const previous = (await send('GET', '/connectors/history')).body.map((one: { id: string }) => one.id);
      const made = replies.filter(({ status }) => status === 200).map(({ body }) => body.id);
      expect([...previous, listed[0][0]]).toEqual(expect.arrayContaining(made));
    }
  });

  // What follows is decided whatever the database.
  if (database !== 'SQLite') return;

  test('goes live with its first configuration, in place of the one before', async () => {
    await make({ id: 'waiting' });
    expect(await send('PATCH', '/connectors/waiting', { config: {} })).toMatchObject({
      status: 400,
      body: { code: 'connector.invalid_config' },
    });
    expect(await states()).toEqual([
      [inbox, 'live'],
      ['waiting', 'not-configured'],
    ]);
    const changed = await send('PATCH', '/connectors/waiting', { config });
    expect(changed).toMatchObject({ status: 200, body: { state: 'live', config: { apiKey: config.apiKey } } });
    expect(JSON.stringify(changed)).not.toContain(config.apiSecret);
    expect(await states()).toEqual([['waiting', 'live']]);
    expect((await send('GET', '/connectors/history')).body).toMatchObject([{ id: inbox, state: 'previous' }]);
    expect(await send('POST', `/connectors/history/${inbox}/restore`)).toMatchObject({ body: { state: 'live' } });
  });

  test('is named where no other one sends', async () => {
    await make({ id: 'waiting' });
    await send('DELETE', `/connectors/${inbox}`);
    expect(await sendCode()).toMatchObject({
      status: 501,
      body: { code: 'connector.not_found', data: { notConfigured: { id: 'waiting', connectorId: vonage } } },
    });
    await send('DELETE', '/connectors/waiting');
    const { body } = await sendCode();
    expect(body.data).toEqual({ type: 'Sms' });
  });

  test('is made only where the caller knows what is live, and with an id of its own', async () => {
    expect(await make({ replaces: null })).toMatchObject({ status: 409, body: { code: 'connector.conflict' } });
    expect(await make({ replaces: inbox })).toMatchObject({ status: 200 });
    expect(await make({ id: inbox })).toMatchObject({ status: 422, body: { code: 'entity.id_in_use' } });
    expect(await make({ connectorId: 'unknown' })).toMatchObject({ status: 422 });
  });

  test('one that needs none is live at once', async () => {
    expect(await make({ connectorId: inbox })).toMatchObject({ status: 200, body: { state: 'live' } });
  });

  test('a change without a configuration changes nothing', async () => {
    await make({ id: 'waiting' });
    for (const id of [inbox, 'waiting']) {
      const before = await send('GET', `/connectors/${id}`);
      const asksForNothing = { syncProfile: false, enableTokenStorage: false, metadata: {} };
      expect(await send('PATCH', `/connectors/${id}`, asksForNothing)).toEqual(before);
      expect(await send('PATCH', `/connectors/${id}`, { updatedAt: 1 })).toMatchObject({ status: 409 });
      expect(await send('PATCH', `/connectors/${id}`, { enableTokenStorage: true })).toMatchObject({ status: 400 });
    }
    expect(await send('PATCH', '/connectors/unknown', {})).toMatchObject({ status: 404 });
  });
});
