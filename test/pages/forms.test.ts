import { beforeEach, describe, expect, test } from 'vitest';
import { newUserAgent } from '../setup/user-agent.ts';
import { type Form, useForms } from './forms-rig.ts';

const own = useForms();
const { newBrowser, post, messages } = own;

describe('a page', () => {
  test('is kept by nobody, is in no frame, and its form leads on to the application', async () => {
    const { headers } = await newBrowser();
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(headers.get('content-security-policy')).toContain("form-action 'self' https:;");
  });

  test.each([
    ['ui_locales', { ui_locales: 'sv zh-CN' }, {}, 'zh-CN'],
    [
      'ui_locales, whose spelling matters little',
      { ui_locales: '! zh_CN.UTF-8' },
      { 'accept-language': 'en' },
      'zh-CN',
    ],
    ['ui_locales, however long', { ui_locales: `zh-Hans-CN-u-co-pinyin ${'x'.repeat(3000)}` }, {}, 'zh-CN'],
    ['the header', {}, { 'accept-language': 'sv, zh-SG;q=0.9, en;q=0.5' }, 'zh-CN'],
    ['the script that is wished', {}, { 'accept-language': 'zh-HK,en;q=0.5' }, 'zh-TW'],
    ['a tag with more to it', {}, { 'accept-language': 'sv, zh-Hant-HK-x-foo;q=0.5' }, 'zh-TW'],
    ['neither', {}, {}, 'en'],
  ])('is in the language of %s', async (_, parameters, headers, language) => {
    const { browser, url } = await newBrowser(parameters);
    const page = await (await browser.send(url, { headers })).text();
    expect(page).toContain(`<html lang="${language}"`);
  });

  test('after a sign-out goes on in the language of the visit', async () => {
    const browser = newUserAgent({ [own.server.publicUrl]: own.server.baseUrl });
    const page = await browser.send(`${own.server.publicUrl}/account/signed-out?ui_locales=sv+zh_SG`);
    expect(await page.text()).toContain('<html lang="zh-CN"');
  });

  test('begins with the number or the name that the application knows', async () => {
    const { page, browser, flow } = await newBrowser({ login_hint: '+8613800138000' });
    expect(page).toContain('value="138 0013 8000"');
    expect(page).toMatch(/<option value="CN"[^>]* selected>/);
    const named = await newBrowser({ login_hint: 'ali"baba' });
    const url = `${own.server.publicUrl}/sign-in/password?flow=${named.flow}`;
    expect(await (await named.browser.send(url)).text()).toContain('value="ali&quot;baba"');
    expect((await browser.send(`${own.server.publicUrl}/sign-in?flow=${flow}`)).status).toBe(200);
  });
});

describe('a form', () => {
  let opened: Awaited<ReturnType<typeof newBrowser>>;
  const number = { country: 'CN', phone: '13900139000' };
  beforeEach(async () => {
    opened = await newBrowser();
  });

  test('that is ours is taken', async () => {
    const before = await messages();
    const { browser, flow, csrf } = opened;
    const reply = await post(browser, '/sign-in', { flow, csrf, ...number });
    expect(reply.status).toBe(303);
    expect(reply.headers.get('location')).toMatch(new RegExp(`^/sign-in/code\\?flow=${flow}&verification=[\\w-]+$`));
    expect(await messages()).toBe(before + 1);
  });

  test.each<[string, (form: Form) => Form, Record<string, string>]>([
    ['without its token', ({ csrf: _, ...form }) => form, {}],
    ['with a wrong token', (form) => ({ ...form, csrf: 'x'.repeat(43) }), {}],
    ['with half a token', (form) => ({ ...form, csrf: form.csrf?.slice(0, 20) ?? '' }), {}],
    ['of another site', (form) => form, { origin: 'https://elsewhere.example.com' }],
    ['of another site, as new browsers say it', (form) => form, { 'sec-fetch-site': 'cross-site' }],
    ['of a sandbox', (form) => form, { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['of a sandbox, without its token', ({ csrf: _, ...form }) => form, { origin: 'null' }],
    ['of our site, without its token', ({ csrf: _, ...form }) => form, { 'sec-fetch-site': 'same-origin' }],
  ])('%s is refused in words, and does nothing', async (_, change, headers) => {
    const before = await messages();
    const { browser, flow, csrf } = opened;
    const reply = await post(browser, `/sign-in?flow=${flow}`, change({ flow, csrf, ...number }), headers);
    const page = await reply.text();
    expect([reply.status, page.includes('Please send it once more')]).toEqual([403, true]);
    expect(page).toContain(`href="/sign-in?flow=${flow}"`);
    expect(await messages()).toBe(before);
  });

  // What browsers say of a form on a page under `no-referrer`; older ones, and all on plain http, say no more than that.
  test.each<Record<string, string>>([{ origin: 'null', 'sec-fetch-site': 'same-origin' }, { origin: 'null' }])(
    'that tells no referrer is taken with its token: %j',
    async (headers) => {
      const { browser, flow, csrf } = opened;
      expect((await post(browser, '/sign-in', { flow, csrf, ...number }, headers)).status).toBe(303);
    },
  );

  test('with the token of another flow is refused', async () => {
    const other = await newBrowser();
    const { browser, flow } = opened;
    expect((await post(browser, '/sign-in', { flow, csrf: other.csrf, ...number })).status).toBe(403);
  });

  test('for the flow of another browser is refused, even with its token', async () => {
    const other = await newBrowser();
    const reply = await post(opened.browser, '/sign-in', { flow: other.flow, csrf: other.csrf, ...number });
    expect(reply.status).toBe(400);
    expect(await reply.text()).toContain('This sign-in is over');
  });

  test.each<[string, string, string, number]>([
    ['JSON', 'application/json', '{"flow":"x"}', 415],
    ['a file', 'multipart/form-data; boundary=x', '--x--', 415],
    ['far too much', 'application/x-www-form-urlencoded', `phone=${'1'.repeat(20_000)}`, 413],
    ['nothing', 'application/x-www-form-urlencoded', '', 400],
    ['broken escapes', 'application/x-www-form-urlencoded', 'flow=%E0%A4%A&csrf=%', 403],
    ['names of objects', 'application/x-www-form-urlencoded', '__proto__=x&constructor=y&flow=toString', 403],
  ])('with %s is answered by a page', async (_, contentType, body, status) => {
    const headers = { 'content-type': contentType, origin: own.server.publicUrl };
    const reply = await opened.browser.send(`${own.server.publicUrl}/sign-in`, { method: 'POST', headers, body });
    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await reply.text()).toMatch(/^<!doctype html>/);
  });

  test('comes back with what was typed, never with a password', async () => {
    const { browser, flow, csrf } = opened;
    const typed = { flow, csrf, identifier: `<b>${own.person.username}`, password: 'a wrong password' };
    const reply = await post(browser, '/sign-in/password', typed);
    expect(reply.status).toBe(303);
    const { response } = await browser.visit(`${own.server.publicUrl}${reply.headers.get('location')}`);
    const page = await response.text();
    expect(page).toContain(`value="&lt;b&gt;${own.person.username}"`);
    expect(page).toContain('The password does not match.');
    expect(page).not.toContain('a wrong password');
    const kept = reply.headers.getSetCookie().find((cookie) => cookie.startsWith('sesame_form_sign-in_password='));
    expect(Buffer.from(kept?.split(/[=;]/)[1] ?? '', 'base64url').toString()).not.toContain('a wrong password');
    expect(kept).toMatch(/Path=\/; HttpOnly; SameSite=Lax/);
  });

  test('leads on to pages that are known, with what was typed and without a password', async () => {
    const { browser, flow, csrf } = opened;
    const form = { flow, csrf, identifier: own.person.username, password: 'a wrong password' };
    const reply = await post(browser, '/sign-in/go', { ...form, to: 'forgot-password' });
    expect([reply.status, reply.headers.get('location')]).toEqual([303, `/forgot-password?flow=${flow}`]);
    const cookies = reply.headers.getSetCookie().map((cookie) => cookie.split(/[=;]/)[1] ?? '');
    const kept = cookies.map((value) => Buffer.from(value, 'base64url').toString()).join();
    expect(kept).toContain(own.person.username);
    expect(kept).not.toContain('a wrong password');
    for (const to of ['', 'https://elsewhere.example.com', '//elsewhere.example.com', 'constructor', 'account']) {
      expect([to, (await post(browser, '/sign-in/go', { ...form, to })).status]).toEqual([to, 404]);
    }
    const forged = await post(browser, '/sign-in/go', { ...form, csrf: 'x', to: 'register' });
    expect([forged.status, forged.headers.getSetCookie()]).toEqual([403, []]);
  });

  test.each(['', '%%%', btoa('{"visit":1}'), btoa('null')])(
    'minds no memory that it did not make: %s',
    async (value) => {
      const { browser, url } = opened;
      const cookie = `sesame_form_sign-in=${value}`;
      const jar = Object.entries(browser.cookies()).map(([name, value]) => `${name}=${value}`);
      const reply = await fetch(`${own.server.baseUrl}${url.pathname}${url.search}`, {
        headers: { cookie: [...jar, cookie].join('; ') },
      });
      expect(reply.status).toBe(200);
    },
  );

  test('a memory with words of its own is not believed', async () => {
    const { browser, url, flow } = opened;
    const memory = { visit: flow, path: '/sign-in', reason: 'made-up', values: { phone: '<i>' } };
    const jar = Object.entries(browser.cookies()).map(([name, value]) => `${name}=${value}`);
    const cookie = [...jar, `sesame_form_sign-in=${Buffer.from(JSON.stringify(memory)).toString('base64url')}`].join(
      '; ',
    );
    const reply = await fetch(`${own.server.baseUrl}${url.pathname}${url.search}`, { headers: { cookie } });
    expect(reply.status).toBe(200);
    expect(await reply.text()).not.toContain('<i>');
  });
});

describe('until the code was right, a number tells nothing', () => {
  /** All that somebody sees who asks for a code, without what differs each time. */
  async function seen(path: string, phone: string) {
    // Long enough after the message before.
    own.server.advance(31_000);
    const { browser, flow, csrf } = await newBrowser(path === '/register' ? { prompt: 'create' } : {});
    const sent = await post(browser, path, { flow, csrf, country: 'CN', phone });
    const next = String(sent.headers.get('location'));
    const { response } = await browser.visit(`${own.server.publicUrl}${next}`);
    const verification = new URLSearchParams(next.split('?')[1]).get('verification') ?? 'no verification';
    expect(next).toContain(verification);
    const wrong = await post(browser, `${path}/code`, { flow, csrf, verification, code: '000000' });
    const again = await browser.visit(`${own.server.publicUrl}${wrong.headers.get('location')}`);
    const national = new RegExp(`${phone.slice(0, 3)} ?${phone.slice(3, 7)} ?${phone.slice(7)}`, 'g');
    const neutral = (text: string) =>
      [flow, csrf, verification]
        .reduce((rest, secret) => rest.replaceAll(secret, '*'), text)
        .replace(/nonce="[^"]+"/, '')
        .replaceAll(national, 'number');
    return [sent, wrong]
      .map(({ status, headers }) => [status, neutral(String(headers.get('location')))])
      .concat([
        [response.status, neutral(await response.text())],
        [again.response.status, neutral(await again.response.text())],
      ]);
  }

  test.each(['/sign-in', '/register', '/forgot-password'])('%s', async (path) => {
    const known = own.person.phone.slice(3);
    const strange = '15912345678';
    // The time that passes may show in the countdown alone.
    const still = (pages: unknown) => JSON.stringify(pages).replaceAll(/\d+ s\.|data-seconds=..?\d+/g, '');
    expect(still(await seen(path, strange))).toBe(still(await seen(path, known)));
  });
});
