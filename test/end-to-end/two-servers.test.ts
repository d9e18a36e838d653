import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../packages/server/src/store/store.ts';
import { managementApplication } from '../setup/management-client.ts';
import { newPhone } from '../setup/phones.ts';
import { startTestServer, type TestServer } from '../setup/server.ts';
import { newMigratedLocation } from '../setup/stores.ts';
import { type Provider, startHttpSms } from './providers.ts';

describe('of two servers on one PostgreSQL', () => {
  let one: TestServer;
  let other: TestServer;
  let place: Awaited<ReturnType<typeof newMigratedLocation>>;
  let provider: Provider;
  let now: number;
  beforeAll(async () => {
    now = Date.now();
    const clock = { platform: { now: () => now }, env: { SESAME_PRIVATE_WEBHOOKS: 'allow' } };
    place = await newMigratedLocation('PostgreSQL');
    provider = await startHttpSms();
    one = await startTestServer(place.location, clock);
    other = await startTestServer(place.location, clock);
  });
  beforeEach(async () => {
    await one.management.post('/connectors', { connectorId: 'development-inbox' });
    aSecondLater();
    // The other one holds what it goes by.
    expect(await send(other)).toMatchObject({ status: 204 });
  });
  afterAll(async () => {
    await Promise.all([one.close(), other.close(), provider.double.close()]);
    await place.remove();
  });

  /** So much later everything that was changed at one has to hold at the other. */
  const aSecondLater = () => {
    now += 1_000;
  };
  const send = async (by: TestServer) => {
    const phone = newPhone();
    const { status } = await by.management.post('/verification-codes', { phone });
    const { body } = await by.management.get('/messages?page_size=1');
    return { phone, status, connectorId: body[0].connectorId };
  };
  const setUp = async (by: TestServer) =>
    (await by.management.post('/connectors', { connectorId: provider.factoryId, config: provider.config })).body.id;
  const token = (
    by: TestServer,
    { id, secret }: { id: string; secret: string },
    resource = `${one.publicUrl}/api`,
    scope = 'all',
  ) =>
    fetch(`${by.baseUrl}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource, scope }),
    });
  const newMachine = async () => {
    const application = { name: 'Machine', type: 'MachineToMachine' };
    return (await one.management.post('/applications', application)).body as { id: string; secret: string };
  };

  test('the connector that one makes live is what both send through, at one at once', async () => {
    for (let times = 0; times < 3; times += 1) {
      const id = await setUp(one);
      expect(await send(one)).toMatchObject({ status: 204, connectorId: id });
      aSecondLater();
      const { phone, ...sent } = await send(other);
      expect(sent).toEqual({ status: 204, connectorId: id });
      expect(provider.codeTo(phone)).toMatch(/^\d{6}$/);
    }
    const [{ id }] = (await other.management.get('/connectors')).body;
    expect((await other.management.delete(`/connectors/${id}`)).status).toBe(204);
    expect((await send(other)).status).toBe(501);
    aSecondLater();
    expect((await send(one)).status).toBe(501);
  });

  test('what an operator changes by SQL holds at both', async () => {
    const store: Store = await openStore(place.location);
    await store.db.deleteFrom('live_connectors').execute();
    aSecondLater();
    expect([(await send(one)).status, (await send(other)).status]).toEqual([501, 501]);
    await store.close();
  });

  test('an application that loses its secret, its right or its life at one loses it at both', async () => {
    const machine = await newMachine();
    const accessOf = async (by: TestServer) => (await (await token(by, machine)).json()) as { access_token: string };
    const call = async (by: TestServer, bearer: string) =>
      (await fetch(`${by.baseUrl}/api/connectors`, { headers: { authorization: `Bearer ${bearer}` } })).status;
    const { access_token: bearer } = await accessOf(other);
    expect(await call(other, bearer)).toBe(200);

    await one.management.patch(`/applications/${machine.id}`, { isAdmin: false });
    expect(await call(one, bearer)).toBe(401);
    aSecondLater();
    expect(await call(other, bearer)).toBe(401);
    expect((await token(other, machine)).status).toBe(400);
    await one.management.patch(`/applications/${machine.id}`, { isAdmin: true });
    aSecondLater();
    expect(await call(other, bearer)).toBe(200);

    const { body } = await one.management.post(`/applications/${machine.id}/secrets/rotate`);
    expect((await token(one, machine)).status).toBe(401);
    // The new secret works everywhere at once.
    expect((await token(other, { ...machine, secret: body.secret })).status).toBe(200);
    aSecondLater();
    expect((await token(other, machine)).status).toBe(401);

    await one.management.delete(`/applications/${machine.id}`);
    expect(await call(one, bearer)).toBe(401);
    aSecondLater();
    expect(await call(other, bearer)).toBe(401);
    expect((await token(other, { ...machine, secret: body.secret })).status).toBe(401);
  });

  test('an application, a resource and its scopes that one makes are known to both', async () => {
    const machine = await newMachine();
    const indicator = 'https://orders.example.com';
    const resource = (await one.management.post('/resources', { name: 'Orders', indicator })).body;
    const scopesAt = async (by: TestServer) => {
      const reply = (await (await token(by, machine, indicator, 'read')).json()) as { scope?: string; error?: string };
      return reply.error ?? reply.scope;
    };
    // What is not there is looked for each time, so that nobody waits for something new.
    expect(await scopesAt(other)).toBe('invalid_scope');
    await one.management.post(`/resources/${resource.id}/scopes`, { name: 'read' });
    expect(await scopesAt(one)).toBe('read');
    aSecondLater();
    expect(await scopesAt(other)).toBe('read');
    await one.management.delete(`/resources/${resource.id}`);
    expect(await scopesAt(one)).toBe('invalid_target');
    aSecondLater();
    expect(await scopesAt(other)).toBe('invalid_target');
  });

  test('settings that one changes hold at both, and an administrator reads them at any at once', async () => {
    await one.management.patch('/sign-in-exp', { verificationCodePolicy: { codeLength: 4 } });
    await one.management.patch('/account-center', { enabled: false });
    expect((await other.management.get('/sign-in-exp')).body.verificationCodePolicy.codeLength).toBe(4);
    expect((await other.management.get('/account-center')).body.enabled).toBe(false);
    await other.management.patch('/sign-in-exp', { verificationCodePolicy: { maxRetryAttempts: 3 } });
    const { phone } = await send(other);
    const { body } = await other.management.get(`/development-inbox?phone=${encodeURIComponent(phone)}`);
    expect(body[0].code).toMatch(/^\d{4}$/);
    aSecondLater();
    expect(await one.services.experience.read()).toMatchObject({
      verificationCodePolicy: { codeLength: 4, maxRetryAttempts: 3 },
    });
    expect(await one.services.accountCenter.read()).toEqual(await one.services.accountCenter.readStored());
  });

  test('what both see at once is one event, which its receiver hears once', async () => {
    type Told = { event: string; data: Record<string, unknown> };
    const told: Told[] = [];
    const receiver = createServer(async (request, response) => {
      told.push(JSON.parse(Buffer.concat(await request.toArray()).toString()) as Told);
      response.writeHead(204).end();
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    const events = [
      ...(['Message.Delivered', 'Message.Undelivered', 'Message.FraudSuspected', 'Message.BudgetReached'] as const),
      ...(['Connector.Changed', 'Connector.Failing'] as const),
    ];
    const hook = (await one.management.post('/hooks', { events, config: { url } })).body as { id: string };
    aSecondLater();
    const both = <Answer>(ask: (by: TestServer) => Promise<Answer>) => Promise.all([one, other].map(ask));
    const store = await openStore(place.location);

    const connectorId = (await one.management.post('/connectors', { connectorId: 'development-inbox' })).body.id;
    aSecondLater();
    const [arrived, lost] = [await send(one), await send(other)];
    const idOf = async ({ phone }: { phone: string }) =>
      (await store.db.selectFrom('messages').select('id').where('recipient', '=', phone).executeTakeFirstOrThrow()).id;
    const [arrivedId, lostId] = [await idOf(arrived), await idOf(lost)];
    const report = (messageId: string, state: 'delivered' | 'undelivered') =>
      both(({ services }) => services.reports.takeAnswers(connectorId, 'development-inbox', [{ messageId, state }]));
    await report(arrivedId, 'delivered');
    await report(lostId, 'undelivered');
    await report(arrivedId, 'delivered');

    const policy = (fraudPolicy: object) => one.management.patch('/sign-in-exp', { fraudPolicy });
    const never = newPhone();
    await policy({ mode: 'enforce', never: { prefixes: [never], networks: [] }, maxMessagesPerDay: 1 });
    aSecondLater();
    const refused = await both(({ management }) => management.post('/verification-codes', { phone: never }));
    expect(refused.map(({ status }) => status)).toEqual([429, 429]);
    await both(({ management }) => management.post('/verification-codes', { phone: newPhone() }));
    await policy({ mode: 'off', never: { prefixes: [], networks: [] }, maxMessagesPerDay: null });
    aSecondLater();

    const error = JSON.stringify({ code: 'connector.invalid_config', kind: 'configuration', providerCode: '20003' });
    const failed = await idOf(await send(one));
    await one.services.store.flush();
    await store.db.updateTable('messages').set({ state: 'failed', error }).where('id', '=', failed).execute();
    now += 60_000;
    await both(({ services }) => services.alerts.watch());

    const find = () => store.db.selectFrom('hook_deliveries').selectAll().where('hook_id', '=', hook.id).execute();
    await expect.poll(async () => (await find()).map(({ state }) => state)).toEqual(events.map(() => 'delivered'));
    expect(told.map(({ event }) => event).toSorted()).toEqual(events.toSorted());
    const dataOf = (event: string) => told.find((one) => one.event === event)?.data;
    expect(dataOf('Message.Delivered')).toMatchObject({ id: arrivedId, recipient: arrived.phone, channel: 'Sms' });
    expect(dataOf('Message.Undelivered')).toMatchObject({ id: lostId, connectorId: 'development-inbox' });
    const masked = { recipient: expect.stringContaining('•••'), isEnforced: true, reasons: [{ rule: 'never' }] };
    expect(dataOf('Message.FraudSuspected')).toMatchObject(masked);
    expect(dataOf('Message.BudgetReached')).toMatchObject({ period: 'day', isFull: true });
    expect(dataOf('Connector.Changed')).toMatchObject({ id: connectorId, change: 'set-up' });
    expect(dataOf('Connector.Failing')).toMatchObject({ kind: 'connector', error: { providerCode: '20003' } });
    await one.management.delete(`/hooks/${hook.id}`);
    await store.close();
    receiver.close();
  });

  // The last: with their key, the tokens of the tests are gone.
  test('a token under a signing key that was deleted at one opens neither', async () => {
    const reply = await token(other, managementApplication);
    const { access_token: bearer } = (await reply.json()) as { access_token: string };
    const call = async (by: TestServer) =>
      (await fetch(`${by.baseUrl}/api/connectors`, { headers: { authorization: `Bearer ${bearer}` } })).status;
    expect([await call(one), await call(other)]).toEqual([200, 200]);
    const [{ id = '' } = {}] = await one.services.signingKeys.list();
    await one.services.signingKeys.rotateSigningKey();
    expect(await one.services.signingKeys.delete(id)).toBe('deleted');
    expect(await call(one)).toBe(401);
    aSecondLater();
    expect(await call(other)).toBe(401);
  });
});
