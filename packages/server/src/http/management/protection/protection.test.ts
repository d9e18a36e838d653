import { parsePhone } from '@sesame/connector-kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';
import { priceInbox } from '../../../../../../test/setup/priced-inbox.ts';
import { databases } from '../../../../../../test/setup/stores.ts';
import { recipientOfPhone } from '../../../messaging/recipient.ts';
import type { Client } from '../../../protection/client.ts';

const start = Date.UTC(2026, 10, 27, 12, 5);
const minute = 60_000;

describe.each(databases)('protection on %s', (database) => {
  let server: ConsoleServer;
  let cookie: string;
  let asks = 0;
  beforeAll(async () => {
    server = await newConsoleServer(database, () => start);
    await priceInbox(server.services);
    cookie = await server.signIn();
    await server.services.experience.change({ fraudPolicy: { mode: 'enforce' } });
  });
  afterAll(() => server.close());

  const call = async (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object) => {
    const reply = await server.send(method, `/api/protection/${path}`, { cookie, ...(body && { body }) });
    return { status: reply.statusCode, headers: reply.headers, body: reply.body === '' ? undefined : reply.json() };
  };
  const get = async (path: string) => (await call('GET', path)).body;

  const recipientOf = (phone: string) =>
    recipientOfPhone(parsePhone(phone) as NonNullable<ReturnType<typeof parsePhone>>);
  const client = (): Client => {
    asks += 1;
    return { address: `198.${asks % 200}.${Math.floor(asks / 200)}.7`, marks: [] };
  };
  const ask = (phone: string, from = client()) =>
    server.services.verification.start({
      recipient: recipientOf(phone),
      usageType: 'SignIn',
      flow: phone,
      client: from,
    });
  async function signIn(phone: string) {
    const from = client();
    await ask(phone, from);
    const code = server.services.inbox.messages(phone)[0]?.code ?? '';
    await server.services.verification.answer({ recipient: recipientOf(phone), flow: phone, code, client: from });
  }
  /** So many numbers of one block, of which nobody types a code in. */
  const attackers = 30;
  async function attack() {
    for (let index = 10; index < 10 + attackers; index += 1) await ask(`+62811234560${index}`).catch(() => {});
  }
  const ofCountry = async (country: string) =>
    ((await get('countries')).countries as { country: string }[]).find((each) => each.country === country);

  test('says what happens: who is served, what is stopped, what it cost, and that it is an attack', async () => {
    await signIn('+4915112340001');
    await attack();
    await server.services.store.flush();
    server.advance(1000);
    const { mode, countries } = await get('countries');
    expect(mode).toBe('enforce');
    expect(countries.map(({ country }: { country: string }) => country)).toEqual(['ID', 'DE']);
    const [stopped, served] = countries;
    expect(served).toMatchObject({
      ...{ state: 'open', requested: 1, sent: 1, verified: 1, conversion: 1, refused: 0, checked: 0, messages: 1 },
      price: { amount: '0.094', currency: 'USD' },
      costs: [{ amount: '0.094', currency: 'USD' }],
      costPerVerified: [{ amount: '0.094', currency: 'USD' }],
    });
    expect(stopped).toMatchObject({ state: 'attacked', verified: 0, conversion: 0, costPerVerified: [] });
    expect(stopped.sent).toBeLessThanOrEqual(10);
    expect(stopped.refused + stopped.checked).toBe(attackers - stopped.sent);

    const [incident] = await get('attacks');
    expect(incident).toMatchObject({
      ...{ country: 'ID', isOver: false, sent: stopped.sent },
      ranges: [{ range: '+628112345', stopped: expect.any(Number) }],
      costs: [{ amount: (0.3603 * stopped.sent).toFixed(6).replace(/0+$/, ''), currency: 'USD' }],
    });
    expect(stopped.costs).toEqual(incident.costs);
    // What went out has cost what it did, whatever a message costs from now on.
    await call('PATCH', 'prices', { countries: { ID: 1 } });
    expect((await get('attacks'))[0]).toMatchObject({
      costs: incident.costs,
      saved: { amount: `${attackers - stopped.sent}.00`, currency: 'USD' },
    });
    await call('PATCH', 'prices', { countries: {} });
    expect(incident.refused + incident.failedChecks).toBe(attackers - stopped.sent);
    server.advance(61 * minute);
    expect((await get('attacks'))[0].isOver).toBe(true);
    expect(await ofCountry('ID')).toMatchObject({ state: 'open' });
  });

  test('lists decisions with their reasons, by country, range and network, a page at a time', async () => {
    const first = await call('GET', 'decisions?country=ID&page_size=3');
    expect(first.body).toHaveLength(3);
    const [{ reasons, ...newest }] = first.body;
    expect(newest).toMatchObject({ country: 'ID', range: '+628112345', isEnforced: true });
    expect(newest.recipient).not.toContain('2345');
    expect(Object.keys(reasons[0])).toEqual(['rule', 'scope', 'value', 'limit']);
    const next = encodeURIComponent(String(first.headers['next-cursor']));
    const second = await get(`decisions?country=ID&page_size=3&after=${next}`);
    expect(second.map(({ id }: { id: string }) => id)).not.toContain(first.body[2].id);
    expect(await get('decisions?range=%2B62811')).not.toEqual([]);
    expect(await get('decisions?range=%2B4915')).toEqual([]);
    expect(await get('decisions?isEnforced=false')).toEqual([]);
    const { network } = first.body[0];
    const there: { network: string }[] = await get(`decisions?network=${encodeURIComponent(network)}`);
    expect(there.map((each) => each.network)).toEqual([network]);
    expect((await call('GET', 'decisions?country=Germany')).status).toBe(400);
  });

  test('a country is closed and opened again, whichever list there is', async () => {
    expect(await call('PUT', 'countries/ID', { isServed: false })).toMatchObject({ status: 200 });
    await expect(ask('+628119999999')).rejects.toMatchObject({ code: 'phone.country_not_served' });
    expect(await ofCountry('ID')).toMatchObject({ state: 'closed' });
    await call('PUT', 'countries/ID', { isServed: true });
    expect((await server.services.experience.readStored()).fraudPolicy.countries).toEqual({ mode: 'deny', list: [] });
    await server.services.experience.change({ fraudPolicy: { countries: { mode: 'allow', list: ['DE'] } } });
    await call('PUT', 'countries/AT', { isServed: true });
    await call('PUT', 'countries/DE', { isServed: false });
    expect((await server.services.experience.readStored()).fraudPolicy.countries).toEqual({
      mode: 'allow',
      list: ['AT'],
    });
    expect((await call('PUT', 'countries/QQ', { isServed: true })).status).toBe(404);
    await server.services.experience.change({ fraudPolicy: { countries: { mode: 'deny', list: [] } } });
    const [entry] = (await server.send('GET', '/api/audit-log?action=fraud-policy.serve-country', { cookie })).json();
    expect(entry).toMatchObject({ details: { isServed: false }, actor: { name: 'morgiana' } });
  });

  test('numbers, ranges and networks are listed as passing always or never, and taken off again', async () => {
    await call('PUT', 'listed', { list: 'never', entry: '+43664' });
    await expect(ask('+436641234567')).rejects.toMatchObject({ code: 'request.sending_paused' });
    await call('PUT', 'listed', { list: 'always', entry: '+43664' });
    await call('PUT', 'listed', { list: 'never', entry: '203.0.113.0/24' });
    expect(await get('listed')).toEqual([
      { list: 'always', type: 'prefix', entry: '+43664' },
      { list: 'never', type: 'network', entry: '203.0.113.0/24' },
    ]);
    await expect(ask('+436641234567')).resolves.toBeDefined();
    await expect(ask('+33612345678', { address: '203.0.113.9', marks: [] })).rejects.toMatchObject({
      code: 'request.sending_paused',
    });
    expect((await call('DELETE', `listed/never/${encodeURIComponent('203.0.113.0/24')}`)).status).toBe(204);
    expect((await call('DELETE', 'listed/never/%2B43664')).status).toBe(404);
    expect((await call('DELETE', 'listed/always/%2B43664')).status).toBe(204);
    for (const entry of ['43664', 'everybody', '+', '203.0.113.0/24/1']) {
      expect((await call('PUT', 'listed', { list: 'never', entry })).status).toBe(400);
    }
    expect(await get('listed')).toEqual([]);
  });

  test('a network of any size is listed, once in whichever way it is given, and stops its addresses', async () => {
    for (const entry of ['203.0.113.9/20', '203.0.127.1/20', '::ffff:203.0.113.9/116']) {
      const { body } = await call('PUT', 'listed', { list: 'never', entry });
      expect(body).toEqual({ list: 'never', type: 'network', entry: '203.0.112.0/20' });
    }
    expect(await get('listed')).toHaveLength(1);
    await expect(ask('+46701234567', { address: '203.0.120.5', marks: [] })).rejects.toMatchObject({
      code: 'request.sending_paused',
    });
    expect((await call('DELETE', `listed/never/${encodeURIComponent('203.0.112.0/20')}`)).status).toBe(204);
  });

  test('a list that is full says so', async () => {
    const networks = Array.from({ length: 1000 }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`);
    const always = { prefixes: [], networks: [] };
    await server.services.experience.change({ fraudPolicy: { never: { prefixes: [], networks }, always } });
    const full = await call('PUT', 'listed', { list: 'never', entry: '192.0.2.0/24' });
    expect(full).toMatchObject({ status: 422, body: { code: 'fraud_policy.list_full' } });
    await server.services.experience.change({ fraudPolicy: { never: { prefixes: [], networks: [] } } });
  });

  test('prices are looked up and changed; what nobody knows is refused at its field', async () => {
    const before = await get('prices');
    expect(before).toMatchObject({ currency: 'USD', factor: 1, list: { currency: 'USD' } });
    const { body } = await call('PATCH', 'prices', { currency: 'EUR', factor: 0.5, countries: { AT: 0.03 } });
    const of = (country: string) => body.prices.find((each: { country: string }) => each.country === country);
    expect(of('AT')).toEqual({ country: 'AT', listPrice: 0.0979, price: 0.03, isOwn: true });
    expect(of('DE')).toEqual({ country: 'DE', listPrice: 0.094, price: 0.047, isOwn: false });
    const wrong = await call('PATCH', 'prices', { countries: { QQ: 1 }, connectors: { pigeon: 2 } });
    expect(wrong.status).toBe(400);
    const paths = wrong.body.data.issues.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(['countries.QQ', 'connectors.pigeon']);
    for (const [nonsense, path] of [
      [{ factor: -1 }, 'factor'],
      [{ factor: 0 }, 'factor'],
      [{ factor: 'cheap' }, 'factor'],
      [{ factor: null }, 'factor'],
      [{ currency: 'euro' }, 'currency'],
      [{ currency: 'QQQ' }, 'currency'],
      [{ countries: { DE: -1 } }, 'countries.DE'],
      [{ countries: { DE: 1e9 } }, 'countries.DE'],
      [{ countries: { DE: Number.NaN } }, 'countries.DE'],
      [{ countries: { Germany: 1 } }, 'countries.Germany'],
      [{ connectors: { twilio: 1e9 } }, 'connectors.twilio'],
      [{ countryes: {} }, 'countryes'],
    ] as const) {
      const { status, body: refusal } = await call('PATCH', 'prices', nonsense);
      const told = refusal.data.issues.map((issue: { path: string; message: string }) => [
        issue.path,
        issue.message.length > 10,
      ]);
      expect([status, told], JSON.stringify(nonsense)).toEqual([400, [[path, true]]]);
    }
    await call('PATCH', 'prices', { currency: 'USD', factor: 1, countries: {} });
    server.advance(1000);
  });

  test('tells what SMS cost by day, country and connector', async () => {
    const { total, byDay, byCountry, byConnector } = await get('costs?timeZone=Europe/Vienna');
    const factory = 'development-inbox';
    expect(byDay.map(({ day }: { day: string }) => day)).toEqual(['2026-11-27']);
    expect(byConnector.map((each: { connectorFactoryId: string }) => each.connectorFactoryId)).toEqual([factory]);
    const sum = (rows: { messages: number; costs: { amount: string }[] }[]) => ({
      messages: rows.reduce((all, { messages }) => all + messages, 0),
      cost: rows.reduce((all, { costs }) => all + Number(costs[0]?.amount), 0).toFixed(4),
    });
    for (const rows of [byDay, byCountry, byConnector]) expect(sum(rows)).toEqual(sum([total]));
    expect(total.costPerVerified[0].amount).toBe(total.costs[0].amount);
  });

  test('says what a policy would have done, and changes nothing', async () => {
    // What never went out is no code that was sent.
    const nobody = { recipient: recipientOf('+4915112349999'), usageType: 'ForgotPassword', flow: 'nobody' } as const;
    await server.services.verification.start({ ...nobody, client: client(), isSuppressed: true, isDiscreet: true });
    const closed = { countries: { mode: 'deny', list: ['ID'] } };
    const { status, body } = await call('POST', 'simulations', { fraudPolicy: closed });
    expect(status).toBe(200);
    const of = (country: string) => body.countries.find((each: { country: string }) => each.country === country);
    const indonesia = of('ID');
    expect(indonesia).toMatchObject({
      sent: 0,
      refused: indonesia.messages,
      verifiedRefused: 0,
      saved: indonesia.cost,
    });
    expect(of('DE')).toMatchObject({ messages: 1, sent: 1, verified: 1, refused: 0, saved: { amount: '0.00' } });
    expect((await server.services.experience.readStored()).fraudPolicy.countries.list).toEqual([]);
  });

  test('caps are shown with how much of them is used up', async () => {
    server.advance(24 * 3_600_000);
    cookie = await server.signIn();
    await ask('+33612345601');
    await server.services.experience.change({
      fraudPolicy: {
        maxMessagesPerDay: 2,
        always: { prefixes: ['+33'], networks: [] },
        perCountry: [{ countries: ['FR'], maxCostPerMonth: 100 }],
      },
    });
    const shown = { period: 'day', country: null, maxMessages: 2 };
    expect((await get('countries')).caps[0]).toMatchObject({ ...shown, messages: 1, share: 0.5, state: 'ok' });
    await ask('+33612345602');
    await ask('+33612345603').catch(() => {});
    await server.services.store.flush();
    server.advance(1000);
    const { caps, countries } = await get('countries');
    expect(caps).toEqual([
      expect.objectContaining({ ...shown, messages: 2, share: 1, state: 'full' }),
      expect.objectContaining({
        ...{ period: 'month', country: 'FR', messages: 2, state: 'ok', maxMessages: null },
        maxCost: { amount: '100.00', currency: 'USD' },
      }),
    ]);
    expect(countries.find(({ country }: { country: string }) => country === 'FR')).toMatchObject({
      state: 'capped',
      refused: 2,
    });
  });
});
