import { type ReceivedRequest, startProviderDouble } from '@sesame/connector-kit/provider-double';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { platform as testPlatform } from '../../../../../test/setup/platform.ts';
import { newStore } from '../../../../../test/setup/stores.ts';
import { deriveSecretKeys } from '../../secrets/secret-keys.ts';
import { createHeld } from '../../store/held.ts';
import type { Store } from '../../store/store.ts';
import { createHumanCheck, type HumanCheck } from './human-check.ts';
import type { GivenConfig } from './providers.ts';

const secretKey = 'secret-of-the-provider';
const keys = { siteKey: 'site', secretKey };
const google = 'recaptchaenterprise.googleapis.com';
const recaptcha: GivenConfig = { type: 'RecaptchaEnterprise', ...keys, projectId: 'shop-1' };
const host = { hostname: 'id.example.com' };

let double: Awaited<ReturnType<typeof startProviderDouble>>;
let store: Store;
type Reply = { status?: number; body?: unknown };
let reply: Reply | ((body: string) => Reply);
/** How far the clock was moved, in milliseconds. */
let later = 0;
let received: (ReceivedRequest & { host: string })[];
let troubles: string[];
/** What keeps the request from being answered. */
let failure: Error | undefined;
let check: HumanCheck;

beforeAll(async () => {
  let asked = '';
  double = await startProviderDouble((request) => {
    received.push({ ...request, host: asked });
    return (typeof reply === 'function' ? reply(request.body) : reply) as never;
  });
  store = await newStore('SQLite');
  /** The real client, over a socket, to another place. */
  const fetch: typeof testPlatform.fetch = (url, init) => {
    const { host: name, pathname, search } = new URL(url);
    asked = name;
    if (failure) return Promise.reject(failure);
    return testPlatform.fetch(`${double.url}${pathname}${search}`, init);
  };
  const platform = { ...testPlatform, fetch, now: () => testPlatform.now() + later };
  const held = createHeld({ store, platform });
  const secretKeys = deriveSecretKeys('a secret key of more than 32 characters');
  const publicUrl = 'https://id.example.com';
  const onTrouble = (detail: string) => void troubles.push(detail);
  check = createHumanCheck({ store, platform, held, secretKeys, publicUrl, onTrouble });
});
afterAll(() => Promise.all([store.close(), double.close()]));
beforeEach(() => {
  [received, troubles, failure] = [[], [], undefined];
  // What a provider showed before does not hold any more.
  later += 60_000;
});

let tokens = 0;
const newToken = () => {
  tokens += 1;
  return `token-${tokens}`;
};
const answer = (token = newToken()) => check.answer({ token, subject: 'flow:one', address: '192.0.2.7' });

const siteVerifiers: [GivenConfig, string, string][] = [
  [{ type: 'Turnstile', ...keys }, 'challenges.cloudflare.com', '/turnstile/v0/siteverify'],
  [{ type: 'HCaptcha', ...keys }, 'api.hcaptcha.com', '/siteverify'],
];

describe.each(siteVerifiers)('%o', (config, name, path) => {
  beforeEach(() => check.provider.put(config));

  test('is asked as it wants to be', async () => {
    reply = { body: { success: true, ...host } };
    const token = newToken();
    expect(await answer(token)).toEqual({ passed: true });
    const [request] = received;
    expect(request).toMatchObject({ host: name, method: 'POST', path });
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toMatchObject({
      secret: secretKey,
      response: token,
      remoteip: '192.0.2.7',
    });
  });

  test.each([
    [{ success: true, ...host, action: 'interaction' }, { passed: true }],
    [{ success: true }, { passed: true }],
    [
      { success: true, hostname: 'evil.example' },
      { passed: false, reason: 'elsewhere' },
    ],
    [
      { success: true, ...host, action: 'pay' },
      { passed: false, reason: 'elsewhere' },
    ],
    [
      { success: false, 'error-codes': ['invalid-input-response'] },
      { passed: false, reason: 'wrong' },
    ],
    [
      { success: false, 'error-codes': ['timeout-or-duplicate'] },
      { passed: false, reason: 'used' },
    ],
    [
      { success: false, 'error-codes': ['already-seen-response'] },
      { passed: false, reason: 'used' },
    ],
    [
      { success: false, 'error-codes': ['invalid-input-secret'] },
      { passed: false, reason: 'misconfigured' },
    ],
    [
      { success: false, 'error-codes': ['internal-error'] },
      { passed: false, reason: 'unreachable' },
    ],
    [{ success: false }, { passed: false, reason: 'wrong' }],
    [{ success: 'yes' }, { passed: false, reason: 'unreachable' }],
    [null, { passed: false, reason: 'unreachable' }],
  ])('%j', async (body, verdict) => {
    reply = { body };
    expect(await answer()).toMatchObject(verdict);
    expect(troubles).toHaveLength('reason' in verdict && /misconf|unreach/.test(verdict.reason) ? 1 : 0);
    expect(troubles.join()).not.toContain(secretKey);
  });

  test.each([
    new DOMException('Too late.', 'TimeoutError'),
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' }),
    new Error('socket hang up'),
  ])('no answer: %s', async (error) => {
    failure = error;
    expect(await answer()).toMatchObject({ passed: false, reason: 'unreachable' });
    expect(troubles).toHaveLength(1);
    expect(await check.hasPassed('flow:nobody')).toBe(false);
  });

  test('another host may be named; one answer is asked about once', async () => {
    await check.provider.put({ ...config, hostnames: ['shop.example.com'] } as GivenConfig);
    reply = { body: { success: true, hostname: 'Shop.Example.com' } };
    const token = newToken();
    expect(await answer(token)).toEqual({ passed: true });
    expect(await answer(token)).toEqual({ passed: false, reason: 'used' });
    expect(received).toHaveLength(1);
  });

  test('is away by what it answers to us, not to a browser, and asked about no answer then', async () => {
    const wrong = { body: { success: false, 'error-codes': ['invalid-input-response'] } };
    const upset = { status: 500, body: 'oops' };
    reply = (body: string) => (body.includes('upsetting') ? upset : wrong);
    expect(await answer(`upsetting-${newToken()}`)).toEqual({ passed: false, reason: 'wrong' });
    expect([await check.isAway(), troubles]).toEqual([false, []]);
    later += 60_000;
    reply = upset;
    expect(await Promise.all([check.isAway(), check.isAway()])).toEqual([true, true]);
    const asked = received.length;
    expect(await answer()).toMatchObject({ passed: false, reason: 'unreachable' });
    expect([received.length - asked, troubles.length]).toEqual([0, 1]);
    later += 5_000;
    reply = { body: { success: true, ...host } };
    expect(await answer()).toEqual({ passed: true });
  });

  test('a test of the keys says whether they are taken', async () => {
    reply = { body: { success: false, 'error-codes': ['invalid-input-response'] } };
    expect(await check.probe(config)).toEqual({ passed: true });
    reply = { body: { success: false, 'error-codes': ['invalid-input-secret'] } };
    expect(await check.probe(config)).toMatchObject({ reason: 'misconfigured' });
    reply = { status: 503, body: 'busy' };
    expect(await check.probe(config)).toMatchObject({ reason: 'unreachable' });
  });
});

describe('reCAPTCHA Enterprise', () => {
  beforeEach(() => check.provider.put(recaptcha));
  const right = { valid: true, ...host, action: 'interaction' };

  test('is asked as it wants to be', async () => {
    reply = { body: { tokenProperties: right, riskAnalysis: { score: 0.9 } } };
    const token = newToken();
    expect(await answer(token)).toEqual({ passed: true });
    expect(received[0]).toMatchObject({
      host: google,
      path: '/v1/projects/shop-1/assessments?key=secret-of-the-provider',
    });
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({
      event: { token, siteKey: 'site', expectedAction: 'interaction', userIpAddress: '192.0.2.7' },
    });
  });

  test.each([
    [{ tokenProperties: right, riskAnalysis: { score: 0.5 } }, { passed: true }],
    [
      { tokenProperties: right, riskAnalysis: { score: 0.4 } },
      { passed: false, reason: 'wrong' },
    ],
    [{ tokenProperties: right }, { passed: false, reason: 'wrong' }],
    [
      { tokenProperties: { ...right, action: 'pay' }, riskAnalysis: { score: 1 } },
      { passed: false, reason: 'elsewhere' },
    ],
    [
      { tokenProperties: { ...right, hostname: 'evil.example' }, riskAnalysis: { score: 1 } },
      { passed: false, reason: 'elsewhere' },
    ],
    [{ tokenProperties: { valid: false, invalidReason: 'DUPE' } }, { passed: false, reason: 'used' }],
    [{ tokenProperties: { valid: false, invalidReason: 'EXPIRED' } }, { passed: false, reason: 'used' }],
    [{ tokenProperties: { invalidReason: 'MALFORMED' } }, { passed: false, reason: 'wrong' }],
    [{ error: { status: 'PERMISSION_DENIED' } }, { passed: false, reason: 'misconfigured' }],
    [{}, { passed: false, reason: 'unreachable' }],
  ])('%j', async (body, verdict) => {
    reply = { body };
    expect(await answer()).toMatchObject(verdict);
  });

  test('a box that was ticked has no score', async () => {
    await check.provider.put({ ...recaptcha, mode: 'checkbox' } as GivenConfig);
    reply = { body: { tokenProperties: { valid: true, ...host } } };
    expect(await answer()).toEqual({ passed: true });
  });
});

test('the secret stays with the site key that it belongs to, and is shown to nobody', async () => {
  const config: GivenConfig = { type: 'Turnstile', ...keys };
  const shown = await check.provider.put(config);
  expect(shown.config).toEqual({ type: 'Turnstile', siteKey: 'site' });
  await check.provider.put({ type: 'Turnstile', siteKey: 'site', hostnames: ['a.example'] });
  expect(await check.provider.read()).toMatchObject({ secretKey, hostnames: ['a.example'] });
  const refusal = { code: 'guard.invalid_input', data: { issues: [{ path: 'config.secretKey' }] } };
  await expect(check.provider.put({ type: 'Turnstile', siteKey: 'another' })).rejects.toMatchObject(refusal);
  await expect(check.provider.put({ type: 'HCaptcha', siteKey: 'site' })).rejects.toMatchObject(refusal);
  const rows = await store.db.selectFrom('settings').selectAll().execute();
  expect(JSON.stringify(rows)).not.toContain(secretKey);
  await check.provider.remove();
  expect((await check.ask('flow:one')).question).toMatchObject({ type: 'Altcha' });
});
