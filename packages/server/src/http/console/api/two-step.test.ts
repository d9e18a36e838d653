import { TOTP } from 'otpauth';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { administrator, type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';

const { username, password } = administrator;

let server: ConsoleServer;
let cookie: string;
beforeEach(async () => {
  server = await newConsoleServer('SQLite', () => 1_800_000_000_000);
  cookie = await server.signIn();
});
afterEach(() => server.close());

const post = async (path: string, body: object = {}, by = cookie) => {
  const reply = await server.send('POST', `/api/console/${path}`, { cookie: by, body });
  return [reply.statusCode, reply.body ? reply.json() : undefined];
};
const signIn = (code?: string) =>
  server.send('POST', '/api/console/sign-in', { body: { username, password, ...(code !== undefined && { code }) } });
const session = async () => (await server.send('GET', '/api/console/session', { cookie })).json();
const codeOf = (secret: string) => new TOTP({ secret }).generate({ timestamp: server.now() });

async function turnOn() {
  const [, { secret }] = await post('two-step', { currentPassword: password });
  const [, { recoveryCodes }] = await post('two-step/confirm', { code: codeOf(secret) });
  server.advance(60_000);
  return { secret, recoveryCodes } as { secret: string; recoveryCodes: string[] };
}

test('is offered, turned on, asked for at the sign-in, renewed and turned off', async () => {
  expect(await session()).toMatchObject({ twoStep: { since: null, recoveryCodesLeft: 0, isOffered: true } });
  const [status, begun] = await post('two-step', { currentPassword: password });
  expect([status, begun]).toEqual([
    200,
    { secret: expect.stringMatching(/^[A-Z2-7]{32}$/), uri: expect.stringMatching(/^otpauth:\/\/totp\/Sesame/) },
  ]);
  const [confirmed, { recoveryCodes }] = await post('two-step/confirm', { code: codeOf(begun.secret) });
  expect([confirmed, recoveryCodes.length]).toEqual([200, 10]);
  expect(await session()).toMatchObject({
    twoStep: { since: expect.any(Number), recoveryCodesLeft: 10, isOffered: false },
  });
  server.advance(60_000);

  const required = await signIn();
  expect([required.statusCode, required.json().code]).toEqual([422, 'session.code_required']);
  expect(required.headers['set-cookie']).toBeUndefined();
  const wrong = await signIn('no code at all');
  expect([wrong.statusCode, wrong.json().code]).toEqual([422, 'session.invalid_code']);
  expect((await signIn(codeOf(begun.secret))).statusCode).toBe(204);
  expect((await signIn(codeOf(begun.secret))).json().code).toBe('session.invalid_code');

  const proof = { currentPassword: password };
  expect((await post('two-step/recovery-codes', { ...proof, code: '' }))[1]).toMatchObject({
    code: 'session.code_required',
  });
  const [, renewed] = await post('two-step/recovery-codes', { ...proof, code: recoveryCodes[0] });
  expect(renewed.recoveryCodes).toHaveLength(10);
  const wrongPassword = { currentPassword: 'open barley', code: renewed.recoveryCodes[0] };
  expect((await post('two-step/turn-off', wrongPassword))[1]).toMatchObject({ code: 'session.invalid_credentials' });
  expect(await post('two-step/turn-off', { ...proof, code: renewed.recoveryCodes[0] })).toEqual([204, undefined]);
  expect((await signIn()).statusCode).toBe(204);

  const log = (await server.send('GET', '/api/audit-log?page_size=100', { cookie })).json();
  // The clock stands still, so that the order is not told.
  const actions = log.map(({ action }: { action: string }) => action);
  expect(actions.toSorted()).toEqual(
    [
      'administrator.create',
      'administrator.sign-in',
      'administrator.turn-on-two-step',
      'administrator.fail-second-step',
      'administrator.sign-in',
      'administrator.fail-second-step',
      'administrator.use-recovery-code',
      'administrator.renew-recovery-codes',
      'administrator.use-recovery-code',
      // The wrong password of somebody who is signed in.
      'administrator.fail-sign-in',
      'administrator.turn-off-two-step',
      'administrator.sign-in',
    ].toSorted(),
  );
  for (const secret of [begun.secret, ...recoveryCodes, ...renewed.recoveryCodes, password]) {
    expect(JSON.stringify(log)).not.toContain(secret);
  }
});

test('refuses in order what does not fit, and says why', async () => {
  expect((await post('two-step/confirm', { code: '123456' }))[1]).toMatchObject({
    code: 'administrator.two_step_not_begun',
  });
  expect((await post('two-step/turn-off', { currentPassword: password, code: '123456' }))[1]).toMatchObject({
    code: 'administrator.two_step_off',
  });
  expect((await post('two-step', { currentPassword: 'open barley' }))[1]).toMatchObject({
    code: 'session.invalid_credentials',
  });
  await turnOn();
  expect((await post('two-step', { currentPassword: password }))[1]).toMatchObject({
    code: 'administrator.two_step_already_on',
  });
  expect((await post('two-step/confirm', { code: '０１２３４５' }))[1]).toMatchObject({
    code: 'administrator.two_step_already_on',
  });
});

test('guesses end with 429 and Retry-After, while the session of its owner goes on', async () => {
  const { secret, recoveryCodes } = await turnOn();
  const guesses = await Promise.all(Array.from({ length: 15 }, () => signIn('000000')));
  expect(guesses.filter(({ statusCode }) => statusCode === 422)).toHaveLength(10);
  const limited = await signIn(codeOf(secret));
  expect([limited.statusCode, limited.headers['retry-after']]).toEqual([429, String(6 * 60 * 60)]);
  expect(await session()).toMatchObject({ administrator: { username } });
  expect((await signIn(recoveryCodes[0])).statusCode).toBe(204);
});

test('is turned down once, by a viewer too, and set up afterwards all the same', async () => {
  const viewer = { username: 'ali', password: 'open barley' };
  await server.services.administrators.colleagues.create({ ...viewer, role: 'viewer' });
  cookie = await server.signIn(viewer);
  expect(await post('two-step/decline')).toEqual([204, undefined]);
  expect(await session()).toMatchObject({ twoStep: { isOffered: false } });
  const [status, { uri }] = await post('two-step', { currentPassword: viewer.password });
  expect([status, new URL(uri).pathname]).toEqual([200, expect.stringContaining('ali')]);
});

test('a code takes whatever digits people type', async () => {
  const { secret } = await turnOn();
  const wide = [...codeOf(secret)].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('');
  expect((await signIn(`${wide.slice(0, 3)} ${wide.slice(3)}`)).statusCode).toBe(204);
});
