import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Provider, startHttpSms, startTwilio } from '../end-to-end/providers.ts';
import { type ChildServer, newEmptyChildData, startChildServer } from '../setup/child-server.ts';
import type { Reply } from '../setup/management-client.ts';
import { newPhone } from '../setup/phones.ts';

let data: Awaited<ReturnType<typeof newEmptyChildData>>;
let processes: [ChildServer, ChildServer];
let endpoint: Provider;
let twilio: Provider;
beforeAll(async () => {
  data = await newEmptyChildData('PostgreSQL');
  const env = { ...data.env, SESAME_PUBLIC_URL: 'http://sesame.test' };
  // Both start on an empty database: tables, keys, application and first connector are made by one of them.
  [processes, endpoint, twilio] = await Promise.all([
    Promise.all([startChildServer(env), startChildServer(env)]),
    startHttpSms(),
    startTwilio(),
  ]);
});
afterAll(async () => {
  await Promise.all([...processes.map(({ kill }) => kill('SIGTERM')), endpoint.double.close(), twilio.double.close()]);
  await data.remove();
});

test('both keep to a policy that one was told', async () => {
  const [one, other] = processes;
  expect((await one.management.patch('/sign-in-exp', { fraudPolicy: { mode: 'off' } })).status).toBe(200);
  const isTold = async () => expect((await other.management.get('/sign-in-exp')).body.fraudPolicy.mode).toBe('off');
  await vi.waitFor(isTold, { timeout: 60_000 });
});

const setUp = (server: ChildServer, { factoryId: connectorId, config }: Provider) =>
  server.management.post('/connectors', { connectorId, config });
const send = (server: ChildServer, phone: string) => server.management.post('/verification-codes', { phone });
const verify = (server: ChildServer, phone: string, verificationCode: string) =>
  server.management.post('/verification-codes/verify', { phone, verificationCode });
const inTurn = (index: number) => processes[index % 2] as ChildServer;
const count = (replies: Reply[], status: number) => replies.filter((reply) => reply.status === status).length;

test('both started at once on an empty database, and see the same', async () => {
  const [one, other] = processes;
  const live = (await one.management.get('/connectors')).body;
  expect(live).toMatchObject([{ connectorId: 'development-inbox' }, { connectorId: 'development-inbox-email' }]);
  expect((await other.management.get('/connectors')).body).toEqual(live);
  expect((await one.management.get('/connectors/history')).body).toEqual([]);
});

test('a token of one opens the other', async () => {
  for (const [index, { management }] of processes.entries()) {
    const { baseUrl } = inTurn(index + 1);
    const headers = { authorization: `Bearer ${await management.token()}` };
    expect(await fetch(`${baseUrl}/api/connectors`, { headers })).toMatchObject({ status: 200 });
  }
});

test('a connector set up in one is used by the other, which looks for changes several times a second', async () => {
  for (const [index, provider] of [endpoint, twilio, endpoint, twilio, endpoint].entries()) {
    const [one, other] = [inTurn(index), inTurn(index + 1)];
    expect(await setUp(one, provider)).toMatchObject({ status: 200 });
    let phone = '';
    const sendOne = async () => {
      phone = newPhone();
      const { status } = await send(other, phone);
      return { status, isTheirs: provider.accepted().some(({ to }) => to === phone) };
    };
    await expect.poll(sendOne).toEqual({ status: 204, isTheirs: true });
    expect(await verify(one, phone, provider.codeTo(phone))).toMatchObject({ status: 204 });
  }
});

test('forty set-ups spread over both leave one live, the same for both', async () => {
  const replies = await Promise.all(Array.from({ length: 40 }, (_, index) => setUp(inTurn(index), endpoint)));
  expect(count(replies, 200)).toBe(40);
  const [one, other] = await Promise.all(processes.map(({ management }) => management.get('/connectors')));
  expect(one?.body.map(({ type }: { type: string }) => type)).toEqual(['Sms', 'Email']);
  expect(other?.body).toEqual(one?.body);
});

test('of eighty answers spread over both one succeeds, and a code has ten tries in all', async () => {
  const [one, other] = processes;
  const right = newPhone();
  await send(one, right);
  const code = endpoint.codeTo(right);
  const answers = Array.from({ length: 80 }, (_, index) => verify(inTurn(index), right, code));
  expect(count(await Promise.all(answers), 204)).toBe(1);

  const wrong = newPhone();
  await send(other, wrong);
  const guess = endpoint.codeTo(wrong) === '000000' ? '000001' : '000000';
  const guesses = Array.from({ length: 80 }, (_, index) => verify(inTurn(index), wrong, guess));
  const codes = Map.groupBy(await Promise.all(guesses), ({ body }) => body.code);
  expect(codes.get('verification_code.code_mismatch')).toHaveLength(10);
  expect(codes.get('verification_code.exceed_max_try')).toHaveLength(70);
});

test('the limit of a number and of all together hold across both', async () => {
  const phone = newPhone();
  const sends = await Promise.all(Array.from({ length: 40 }, (_, index) => send(inTurn(index), phone)));
  expect([count(sends, 204), count(sends, 429)]).toEqual([10, 30]);

  const [one, other] = processes;
  /** Resolves when both go by the limit. */
  const limitAll = async (maxSendsTotal: number | null, resendInterval: number) => {
    await one.management.patch('/sign-in-exp', { messageRateLimitPolicy: { maxSendsTotal, resendInterval } });
    const shown = async () => (await other.management.get('/.well-known/sign-in-exp')).body.resendInterval;
    await expect.poll(shown).toBe(resendInterval);
  };
  await limitAll(7, 31);
  const others = await Promise.all(Array.from({ length: 40 }, (_, index) => send(inTurn(index), newPhone())));
  expect([count(others, 204), count(others, 429)]).toEqual([7, 33]);
  await limitAll(null, 30);
});

test('an owner whom both could tell of a change is told once', async () => {
  const [one, other] = processes;
  expect(await setUp(one, endpoint)).toMatchObject({ status: 200 });
  const phones = Array.from({ length: 30 }, newPhone);
  const made = await Promise.all(phones.map((primaryPhone) => one.management.post('/users', { primaryPhone })));
  const change = (id: string, index: number) =>
    inTurn(index).management.patch(`/users/${id}`, { username: `owner_${index}` });
  const settings = { accountNotices: { email: false, sms: true }, messageRateLimitPolicy: { resendInterval: 32 } };
  expect(await one.management.patch('/sign-in-exp', settings)).toMatchObject({ status: 200 });
  // A process hears of a setting a moment after another was told.
  const shown = async () => (await other.management.get('/.well-known/sign-in-exp')).body.resendInterval;
  await expect.poll(shown).toBe(32);
  const changed = await Promise.all(made.map(({ body }, index) => change(body.id, index)));
  expect(count(changed, 200)).toBe(phones.length);
  const told = () => endpoint.accepted().flatMap(({ to }) => (phones.includes(to) ? [to] : []));
  await expect.poll(() => new Set(told()).size).toBe(phones.length);
  expect(told()).toHaveLength(phones.length);
});

test('when one ends, the other goes on', async () => {
  const [one, other] = processes;
  const phone = newPhone();
  await send(one, phone);
  expect(await one.kill('SIGKILL')).toBeNull();
  expect(await verify(other, phone, endpoint.codeTo(phone))).toMatchObject({ status: 204 });
  expect(await send(other, phone)).toMatchObject({ status: 204 });
});
