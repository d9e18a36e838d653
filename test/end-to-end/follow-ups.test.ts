import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAliyunGlobalDouble } from '../doubles/aliyun-global.ts';
import { twilioError } from '../doubles/twilio.ts';
import { newServer, startTestServer, type TestServer } from '../setup/server.ts';
import { newMigratedLocation } from '../setup/stores.ts';
import { startAliyun, startTencent, startTwilio } from './providers.ts';

const templates = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
  ...{ usageType, content: 'Your code is {{code}}.' },
}));
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Tokens are made by the real clock, and have to be good all the time. */
let now = Date.now() - 48 * hour;
const clock = () => now;
const platform = { now: clock, sleep: async () => {} };

let numbers = 0;
const newNumber = (start: string) => {
  numbers += 1;
  return `${start}${String(numbers).padStart(4, '0')}`;
};
const abroad = '+1415765';
const inChina = '+861380000';

async function setUp(server: TestServer, connectorId: string, config: object) {
  const made = await server.management.post('/connectors', { connectorId, config });
  expect(made.status, JSON.stringify(made.body)).toBeLessThan(300);
  // What held the connector before looks again.
  now += second;
  await server.services.followUps.turn();
}
async function send(server: TestServer, phone: string) {
  now += second;
  expect(await server.management.post('/verification-codes', { phone })).toMatchObject({ status: 204 });
  const [message] = (await server.management.get(`/messages?phone=${encodeURIComponent(phone)}`)).body;
  return message as { id: string; providerMessageId: string };
}

describe('what providers are asked and told after messages went out', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await newServer('SQLite', { platform });
  });
  afterAll(() => server.close());
  const later = async (milliseconds: number) => {
    now += milliseconds;
    await server.services.followUps.turn();
  };
  const read = async (id: string) => (await server.management.get(`/messages/${id}`)).body;
  const verify = async (phone: string, verificationCode: string) =>
    expect((await server.management.post('/verification-codes/verify', { phone, verificationCode })).status).toBe(204);

  test('Aliyun is asked until it knows, and no code of its answer is kept', async () => {
    const { double, config, factoryId, codeTo } = await startAliyun(clock);
    await setUp(server, factoryId, { ...config, askForReports: true, tellVerified: true });
    const phone = newNumber(inChina);
    const { id, providerMessageId } = await send(server, phone);
    const asked = () => double.requests.filter(({ headers }) => headers['x-acs-action'] === 'QuerySendDetails').length;
    await later(19 * second);
    expect(asked()).toBe(0);
    await later(2 * second);
    await later(0);
    expect(asked()).toBe(1);
    expect(await read(id)).toMatchObject({ state: 'accepted', reports: [] });
    double.outcomes.set(providerMessageId, { SendStatus: 3, ErrCode: 'DELIVERED', ReceiveDate: '2026-01-31 08:00:10' });
    await later(minute);
    const delivered = await read(id);
    expect(delivered).toMatchObject({ state: 'delivered', reports: [{ providerCode: 'DELIVERED' }] });
    expect(JSON.stringify(delivered)).not.toMatch(new RegExp(`\\b${codeTo(phone)}\\b`));
    const other = newNumber(inChina);
    await send(server, other);
    await verify(other, codeTo(other));
    // Nobody asks for one that is known to have arrived, and Aliyun hears of no code in mainland China.
    await later(10 * minute);
    expect(asked()).toBe(2);
    expect(double.converted).toEqual([]);
    const far = newNumber(abroad);
    const sent = await send(server, far);
    await verify(far, codeTo(far));
    await later(10 * minute);
    expect(double.converted).toEqual([sent.providerMessageId]);
    await double.close();
  });

  test('Alibaba Cloud says what went wrong abroad, and hears of codes', async () => {
    const credentials = { accessKeyId: 'LTAI5tExampleKeyId', accessKeySecret: 'secret-of-the-double' };
    const double = await startAliyunGlobalDouble({ ...credentials, senderIds: [], now: clock });
    const config = { ...credentials, endpoint: double.url, templates, askForReports: true, tellVerified: true };
    await setUp(server, 'aliyun-global-short-message-service', config);
    const lost = await send(server, newNumber(abroad));
    const phone = newNumber(abroad);
    const typed = await send(server, phone);
    await verify(phone, /\d{4,6}/.exec(double.accepted.at(-1)?.message ?? '')?.[0] ?? '');
    double.outcomes.set(lost.providerMessageId, { Status: '2', ErrorCode: '024', ErrorDescription: 'absent' });
    await later(6 * minute);
    expect(await read(lost.id)).toMatchObject({ state: 'undelivered', error: { providerCode: '024' } });
    expect(double.converted).toEqual([typed.providerMessageId]);
    await double.close();
  });

  test.each(['by-number', 'queue'] as const)('Tencent Cloud is asked %s, and hears of codes', async (askForReports) => {
    const { double, config, factoryId, codeTo } = await startTencent(clock);
    await setUp(server, factoryId, { ...config, askForReports, tellVerified: true });
    const delivered = await send(server, newNumber(inChina));
    const lost = await send(server, newNumber(inChina));
    const phone = newNumber(inChina);
    const typed = await send(server, phone);
    await verify(phone, codeTo(phone));
    const UserReceiveTime = Math.floor(now / 1000);
    double.outcomes.set(delivered.providerMessageId, {
      ReportStatus: 'SUCCESS',
      Description: 'DELIVRD',
      UserReceiveTime,
    });
    double.outcomes.set(lost.providerMessageId, { ReportStatus: 'FAIL', Description: '关机', UserReceiveTime });
    await later(minute);
    expect(await read(delivered.id)).toMatchObject({ state: 'delivered' });
    expect(await read(lost.id)).toMatchObject({ state: 'undelivered', reports: [{ providerMessage: '关机' }] });
    await later(6 * minute);
    expect(double.converted).toEqual([typed.providerMessageId]);
    await double.close();
  });

  test('what was taken out of the queue of Tencent Cloud and lost before it was kept is asked for by number', async () => {
    const { double, config, factoryId } = await startTencent(clock);
    await setUp(server, factoryId, { ...config, askForReports: 'queue' });
    const sent = await send(server, newNumber(inChina));
    const UserReceiveTime = Math.floor(now / 1000);
    double.outcomes.set(sent.providerMessageId, { ReportStatus: 'SUCCESS', Description: 'DELIVRD', UserReceiveTime });
    await later(minute);
    expect(await read(sent.id)).toMatchObject({ state: 'delivered' });
    const { db } = server.services.store;
    await db.updateTable('messages').set({ state: 'accepted', delivered_at: null }).where('id', '=', sent.id).execute();
    await db.deleteFrom('message_reports').where('message_id', '=', sent.id).execute();
    const askedByNumber = () =>
      double.requests.filter(({ headers }) => headers['x-tc-action'] === 'PullSmsSendStatusByPhoneNumber').length;
    await later(50 * minute);
    expect([await read(sent.id), askedByNumber()]).toMatchObject([{ state: 'accepted' }, 0]);
    await later(10 * minute);
    expect([await read(sent.id), askedByNumber()]).toMatchObject([{ state: 'delivered' }, 1]);
    await double.close();
  });

  test('Twilio says the price when it knows it, in place of the estimate, and hears of codes', async () => {
    const { double, config, factoryId, codeTo } = await startTwilio();
    await setUp(server, factoryId, { ...config, tellVerified: true });
    const phone = newNumber(abroad);
    const { id, providerMessageId } = await send(server, phone);
    await verify(phone, codeTo(phone));
    await later(4 * minute);
    expect(await read(id)).toMatchObject({ cost: { isEstimated: true }, price: null });
    expect(double.confirmed).toEqual([]);
    // What is no money is no price.
    const { connector_id } = await server.services.store.db
      .selectFrom('messages')
      .select('connector_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    for (const currency of ['US', '€', 'U\0D', '12 ']) {
      const report = { messageId: id, state: 'sent', price: { amount: '9', currency } } as const;
      await server.services.reports.takeAnswers(connector_id ?? '', factoryId, [report]);
    }
    expect(await read(id)).toMatchObject({ cost: { isEstimated: true }, price: null });
    const outcome = { status: 'delivered', price: '-0.01580', num_segments: '1' };
    double.outcomes.set(providerMessageId, { ...outcome });
    await later(hour);
    expect(await read(id)).toMatchObject({
      ...{ state: 'delivered', parts: 1, price: { amount: '0.01580', currency: 'USD' } },
      cost: { amount: '0.0158', currency: 'USD', isEstimated: false },
    });
    expect(double.confirmed).toEqual([providerMessageId]);
    const before = double.requests.length;
    await later(25 * hour);
    expect(double.requests).toHaveLength(before);
    await double.close();
  });

  test('a connector that wishes nothing asks nothing', async () => {
    const { double, config, factoryId } = await startTwilio();
    await setUp(server, factoryId, { ...config, askForPrices: false });
    await send(server, newNumber(abroad));
    const before = double.requests.length;
    await later(2 * hour);
    expect(double.requests).toHaveLength(before);
    await double.close();
  });

  test('a message that cannot be asked for holds up no other, and a provider that answers nothing is left alone', async () => {
    const { double, config, factoryId } = await startTwilio();
    await setUp(server, factoryId, { ...config, askForPrices: false, askForReports: true });
    const sent: Awaited<ReturnType<typeof send>>[] = [];
    for (let count = 0; count < 6; count += 1) sent.push(await send(server, newNumber(abroad)));
    for (const { providerMessageId } of sent) double.outcomes.set(providerMessageId, { status: 'delivered' });
    const states = async () => Promise.all(sent.map(async ({ id }) => (await read(id)).state));
    const before = double.requests.length;
    for (let count = 0; count < 4; count += 1) double.replyNext(twilioError(500, 20500, 'Internal error'));
    await later(30 * second);
    expect(double.requests).toHaveLength(before + 4);
    await later(0);
    expect(double.requests).toHaveLength(before + 4);
    await later(61 * second);
    expect(await states()).toEqual(sent.map(() => 'delivered'));
    await double.close();
  });
});

describe('of two servers on one PostgreSQL', () => {
  test('one at a time asks, so that each message is asked for once', async () => {
    const place = await newMigratedLocation('PostgreSQL');
    const { double, config, factoryId } = await startTwilio();
    const servers = await Promise.all([1, 2].map(() => startTestServer(place.location, { platform })));
    const [one, other] = servers as [TestServer, TestServer];
    await setUp(one, factoryId, { ...config, askForPrices: false, askForReports: true });
    const sent: Awaited<ReturnType<typeof send>>[] = [];
    for (let count = 0; count < 5; count += 1) sent.push(await send(one, newNumber(abroad)));
    now += 30 * second;
    const before = double.requests.length;
    await Promise.all([one, other, one, other].map(({ services }) => services.followUps.turn()));
    const asked = double.requests.slice(before).map(({ path }) => path);
    expect(asked).toHaveLength(sent.length);
    expect(new Set(asked).size).toBe(sent.length);
    await Promise.all([...servers.map((server) => server.close()), double.close()]);
    await place.remove();
  });
});
