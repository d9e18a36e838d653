import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../errors.ts';
import { defaultSignInExperience } from '../../experience/sign-in-experience.ts';
import { platform } from '../../platform.ts';
import { deriveSecretKeys } from '../../secrets/secret-keys.ts';
import { registerPages } from './index.ts';
import type { PageDeps } from './parts/page-deps.ts';

let app: FastifyInstance;
let failure: Error;
let isPolicyReadable: boolean;
const never = () => Promise.reject(new Error('not asked for'));

beforeEach(async () => {
  isPolicyReadable = true;
  app = Fastify();
  await app.register(cookie, { hook: false });
  const branding = { name: 'Cave', logoUrl: 'https://logos.example.com/cave.png' };
  const policy = { ...defaultSignInExperience, branding };
  const deps = {
    platform,
    secretKeys: deriveSecretKeys('a secret key of the tests, long enough to be one'),
    settings: { publicUrl: 'https://sign-in.example.com' },
    experience: { read: () => (isPolicyReadable ? Promise.resolve(policy) : Promise.reject(failure)), change: never },
    customPhrases: { read: () => (isPolicyReadable ? Promise.resolve({}) : Promise.reject(failure)) },
    signInFlows: { keyOf: () => ({}) },
    interactions: { find: () => Promise.reject(failure), findSession: () => Promise.reject(failure) },
  } as unknown as PageDeps;
  await registerPages(app, deps);
});
afterEach(() => app.close());

const open = (language = 'en') =>
  app.inject({ url: '/sign-in?flow=f', headers: { 'accept-language': language, accept: 'text/html' } });

test.each([
  [new ApiError('session.not_found'), 'This sign-in is over'],
  [new ApiError('user.suspended'), 'This account is suspended'],
  [new ApiError('user.sign_in_method_not_enabled'), 'This is not offered here'],
  [new ApiError('request.message_rate_limited', { retryAfterSeconds: 90 }), 'You can try again in 2 minutes.'],
  [new ApiError('system.unavailable', { retryAfterSeconds: 5 }), 'Not available just now'],
  [new ApiError('system.internal'), 'Something went wrong'],
  [new Error('secret inside'), 'Something went wrong'],
])('%s is a page in words that a person understands', async (error, words) => {
  failure = error;
  const { headers, body, statusCode } = await open();
  expect(statusCode).toBe(error instanceof ApiError ? error.status : 500);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(headers['cache-control']).toBe('no-store');
  expect(body).toContain(words);
  expect(body).not.toContain('secret inside');
  const wait = error instanceof ApiError ? error.data?.retryAfterSeconds : undefined;
  expect(headers['retry-after']).toBe(wait === undefined ? undefined : String(wait));
});

test('is in the language of the browser', async () => {
  failure = new ApiError('session.not_found');
  expect((await open('zh-CN,zh;q=0.9')).body).toContain('<html lang="zh-CN"');
});

test('needs no database', async () => {
  failure = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  isPolicyReadable = false;
  const { statusCode, body } = await open();
  expect([statusCode, body.includes('Not available just now')]).toEqual([503, true]);
  expect((await app.inject('/account')).statusCode).toBe(503);
});

test('may load the logo, and nothing else from elsewhere', async () => {
  failure = new ApiError('session.not_found');
  const { headers, body } = await open();
  const nonce = /<style nonce="([^"]+)"/.exec(body)?.[1];
  expect(headers['content-security-policy']).toBe(
    `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; ` +
      "img-src 'self' data: https://logos.example.com; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
  expect((await open()).body).not.toContain(String(nonce));
});

test.each(['/sign-in/nothing', '/register/code/nothing', '/account/phone/nothing', '/forgot-password/x/y'])(
  '%s is no page, and says so',
  async (url) => {
    const { statusCode, body } = await app.inject(url);
    expect([statusCode, body.includes('There is no such page')]).toEqual([404, true]);
  },
);

test('files of the pages are kept for ever under their version', async () => {
  failure = new ApiError('session.not_found');
  const { body } = await open();
  const urls = [...body.matchAll(/(?:href|src)="(\/pages\/[^"]+)"/g)].map(([, url]) => String(url));
  expect(urls.map((url) => url.split('?')[0])).toEqual(['/pages/pages.css', '/pages/pages.js']);
  for (const url of urls) {
    const reply = await app.inject(url);
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  }
});

test.each([
  ['/account/sign-out', '/account'],
  ['/account/sessions/end', '/account'],
  ['/account/phone/code/resend?verification=v', '/account/phone/code?verification=v'],
  ['/sign-in/code/resend?flow=f', '/sign-in/code?flow=f'],
  ['/sign-in?flow=f', '/sign-in?flow=f'],
])('a form at %s that is refused leads back to %s', async (url, href) => {
  failure = new ApiError('auth.forbidden');
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const { body } = await app.inject({ method: 'POST', url, headers, payload: 'flow=f' });
  expect(body).toContain(`href="${href}"`);
});
