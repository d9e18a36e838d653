import { ClientSecretBasic } from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { en } from '../../packages/pages/src/translations/en.ts';
import type { TextKey } from '../../packages/pages/src/translations/texts.ts';
import type { SignInExperience } from '../../packages/server/src/experience/sign-in-experience.ts';
import { defaultPasswordPolicy } from '../../packages/server/src/password-policy.ts';
import { newPerson, type Person } from '../setup/experience.ts';
import { discoverRelier, type Relier } from '../setup/oidc-flow.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { newUserAgent, type UserAgent } from '../setup/user-agent.ts';

let server: TestServer;
let relier: Relier;
let person: Person;
beforeAll(async () => {
  server = await newServer('SQLite');
  const redirectUri = 'https://shop.example.com/callback';
  const { id, secret = '' } = await server.services.applications.create({
    name: 'Shop',
    type: 'Traditional',
    oidcClientMetadata: { redirectUris: [redirectUri], postLogoutRedirectUris: [] },
  });
  const authentication = ClientSecretBasic(secret);
  relier = await discoverRelier(`${server.publicUrl}/oidc`, { id, redirectUri, authentication }, (url, options) =>
    fetch(url.replace(server.publicUrl, server.baseUrl), options as RequestInit),
  );
  person = await newPerson(server);
});
afterAll(() => server.close());

/** A browser at the sign-in page, and what its form carries. */
async function newBrowser(parameters: Record<string, string> = {}) {
  const browser = newUserAgent({ [server.publicUrl]: server.baseUrl });
  const { url, response } = await browser.visit((await relier.start(parameters)).url);
  const page = await response.text();
  return {
    browser,
    url,
    page,
    response,
    headers: response.headers,
    flow: hidden(page, 'flow'),
    csrf: hidden(page, 'csrf'),
  };
}

const hidden = (page: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';

type Form = { flow?: string; csrf?: string; [field: string]: string | undefined };

const post = (browser: UserAgent, path: string, form: Form, headers: Record<string, string> = {}) =>
  browser.send(`${server.publicUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: server.publicUrl, ...headers },
    body: new URLSearchParams(
      Object.entries(form).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
  });

const messages = async () => (await server.management.get('/development-inbox')).body.length;

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
    const browser = newUserAgent({ [server.publicUrl]: server.baseUrl });
    const page = await browser.send(`${server.publicUrl}/account/signed-out?ui_locales=sv+zh_SG`);
    expect(await page.text()).toContain('<html lang="zh-CN"');
  });

  test('begins with the number or the name that the application knows', async () => {
    const { page, browser, flow } = await newBrowser({ login_hint: '+8613800138000' });
    expect(page).toContain('value="138 0013 8000"');
    expect(page).toMatch(/<option value="CN"[^>]* selected>/);
    const named = await newBrowser({ login_hint: 'ali"baba' });
    const url = `${server.publicUrl}/sign-in/password?flow=${named.flow}`;
    expect(await (await named.browser.send(url)).text()).toContain('value="ali&quot;baba"');
    expect((await browser.send(`${server.publicUrl}/sign-in?flow=${flow}`)).status).toBe(200);
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
    const headers = { 'content-type': contentType, origin: server.publicUrl };
    const reply = await opened.browser.send(`${server.publicUrl}/sign-in`, { method: 'POST', headers, body });
    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await reply.text()).toMatch(/^<!doctype html>/);
  });

  test('comes back with what was typed, never with a password', async () => {
    const { browser, flow, csrf } = opened;
    const typed = { flow, csrf, identifier: `<b>${person.username}`, password: 'a wrong password' };
    const reply = await post(browser, '/sign-in/password', typed);
    expect(reply.status).toBe(303);
    const { response } = await browser.visit(`${server.publicUrl}${reply.headers.get('location')}`);
    const page = await response.text();
    expect(page).toContain(`value="&lt;b&gt;${person.username}"`);
    expect(page).toContain('The password does not match.');
    expect(page).not.toContain('a wrong password');
    const kept = reply.headers.getSetCookie().find((cookie) => cookie.startsWith('sesame_form_sign-in_password='));
    expect(Buffer.from(kept?.split(/[=;]/)[1] ?? '', 'base64url').toString()).not.toContain('a wrong password');
    expect(kept).toMatch(/Path=\/; HttpOnly; SameSite=Lax/);
  });

  test('leads on to pages that are known, with what was typed and without a password', async () => {
    const { browser, flow, csrf } = opened;
    const form = { flow, csrf, identifier: person.username, password: 'a wrong password' };
    const reply = await post(browser, '/sign-in/go', { ...form, to: 'forgot-password' });
    expect([reply.status, reply.headers.get('location')]).toEqual([303, `/forgot-password?flow=${flow}`]);
    const cookies = reply.headers.getSetCookie().map((cookie) => cookie.split(/[=;]/)[1] ?? '');
    const kept = cookies.map((value) => Buffer.from(value, 'base64url').toString()).join();
    expect(kept).toContain(person.username);
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
      const reply = await fetch(`${server.baseUrl}${url.pathname}${url.search}`, {
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
    const reply = await fetch(`${server.baseUrl}${url.pathname}${url.search}`, { headers: { cookie } });
    expect(reply.status).toBe(200);
    expect(await reply.text()).not.toContain('<i>');
  });
});

describe('the policy', () => {
  const where = async (parameters: Record<string, string> = {}) => (await newBrowser(parameters)).url.pathname;
  const code = { identifier: 'phone', password: true, verificationCode: true, isPasswordPrimary: false } as const;
  const byName = { identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true } as const;
  const change = (policy: Parameters<typeof server.services.experience.change>[0]) =>
    server.services.experience.change(policy);

  test('says which page comes first', async () => {
    await change({ signIn: { methods: [code, byName] } });
    expect(await where()).toBe('/sign-in');
    await change({ signIn: { methods: [byName, code] } });
    expect(await where()).toBe('/sign-in/password');
    await change({ signIn: { methods: [{ ...code, isPasswordPrimary: true }] } });
    expect(await where()).toBe('/sign-in/password');
    await change({ signIn: { methods: [{ ...code, password: false }] } });
    expect(await where()).toBe('/sign-in');
    await change({ signInMode: 'Register' });
    expect(await where()).toBe('/register');
    await change({ signInMode: 'SignInAndRegister', signUp: { identifiers: ['username'], password: true } });
    expect(await where({ prompt: 'create' })).toBe('/register/profile');
    await change({ signIn: { methods: [code, byName] }, signUp: { identifiers: ['phone'], password: false } });
  });

  test('closes what is not offered, in words', async () => {
    await change({ signInMode: 'SignIn' });
    const { page, browser: visitor, flow: signIn } = await newBrowser();
    expect(page).not.toContain('Create an account');
    const register = await visitor.send(`${server.publicUrl}/register?flow=${signIn}`);
    expect(await register.text()).toContain('This is not offered here');
    await change({ signInMode: 'SignInAndRegister', forgotPasswordMethods: [] });
    const { browser, flow } = await newBrowser();
    const password = await browser.send(`${server.publicUrl}/sign-in/password?flow=${flow}`);
    expect(await password.text()).not.toContain('Forgot password?');
    const reset = await browser.send(`${server.publicUrl}/forgot-password?flow=${flow}`);
    expect(await reset.text()).toContain('This is not offered here');
    await change({ forgotPasswordMethods: ['PhoneVerificationCode'] });
  });

  /** Sends the form of a page, and goes where that leads. */
  async function answer({ browser, flow, csrf }: Awaited<ReturnType<typeof newBrowser>>, path: string, form: Form) {
    const reply = await post(browser, path, { flow, csrf, ...form });
    const next = new URL(reply.headers.get('location') ?? '', server.publicUrl);
    if (next.origin !== new URL(server.publicUrl).origin || next.pathname.startsWith('/oidc'))
      return { next, page: '' };
    const { response } = await browser.visit(next);
    return { next, page: await response.text() };
  }

  test('asks for a number after a username and a password, where it says so', async () => {
    const secondaryIdentifiers = [{ identifier: 'phone' as const, verify: true }];
    await change({ signUp: { identifiers: ['username'], password: true, verify: true, secondaryIdentifiers } });
    const opened = await newBrowser({ prompt: 'create' });
    expect(opened.url.pathname).toBe('/register/profile');
    const username = 'morgiana_at_the_jars';
    const profile = await answer(opened, '/register/profile', { username, password: 'forty jars of oil' });
    expect([profile.next.pathname, profile.page.includes('type="tel"')]).toEqual(['/register', true]);
    const code = await answer(opened, '/register', { country: 'CN', phone: '13700137000' });
    expect(code.next.pathname).toBe('/register/code');
    const verification = code.next.searchParams.get('verification') ?? '';
    const [message] = (await server.management.get('/development-inbox')).body;
    const { next } = await answer(opened, '/register/code', { verification, code: message.code });
    expect(next.pathname).toMatch(/^\/oidc\/auth\//);
    expect(await server.services.users.find({ username })).toMatchObject({ primaryPhone: '+8613700137000' });
    await change({ signUp: { identifiers: ['phone'], password: false } });
  });

  test('says which rules a new password breaks', async () => {
    await change({
      signUp: { identifiers: ['username'], password: true },
      passwordPolicy: { ...defaultPasswordPolicy, length: { min: 12, max: 64 }, characterTypes: { min: 3 } },
    });
    for (const [language, ...sentences] of [
      [
        'en',
        'At least 12 characters. At least 3 of these: ',
        'Use at least 12 characters. Use at least 3 of these: lower-case letters, capitals, digits, symbols. ' +
          'This is one of the most common passwords. Choose one that others would not guess. ' +
          'Do not use a plain sequence, such as 12345678.',
      ],
      [
        'zh-CN',
        '至少 12 个字符。小写字母、大写字母、数字和符号中至少使用 3 种。',
        '请使用至少 12 个字符。小写字母、大写字母、数字和符号中至少使用 3 种。' +
          '这是最常见的密码之一，请换一个别人猜不到的。请不要使用简单的序列，例如 12345678。',
      ],
    ] as const) {
      const opened = await newBrowser({ prompt: 'create', ui_locales: language });
      const { page } = await answer(opened, '/register/profile', { username: 'kogia_houssam', password: '12345678' });
      for (const sentence of sentences) expect(page).toContain(sentence);
    }
    await change({ signUp: { identifiers: ['phone'], password: false }, passwordPolicy: defaultPasswordPolicy });
  });

  test('is kept to by forms of a page that is not offered any more', async () => {
    const opened = await newBrowser();
    await change({ signIn: { methods: [byName] } });
    const before = await messages();
    const reply = await post(opened.browser, '/sign-in', {
      flow: opened.flow,
      csrf: opened.csrf,
      country: 'CN',
      phone: '13600136000',
    });
    expect(await reply.text()).toContain('This is not offered here');
    expect(await messages()).toBe(before);
    await change({ signIn: { methods: [code, byName] } });
  });

  test('shows the brand, its colours, and the pages of the operator', async () => {
    await change({
      branding: {
        name: 'Cave',
        logoUrl: 'https://cave.example.com/logo.svg',
        favicon: 'https://pictures.example.com/cave.png',
      },
      color: { primaryColor: '#ffe600', isDarkModeEnabled: false },
      termsOfUseUrl: 'https://cave.example.com/terms',
      privacyPolicyUrl: 'https://cave.example.com/privacy',
    });
    const { page, headers } = await newBrowser({ prompt: 'create' });
    expect(page).toContain('<img src="https://cave.example.com/logo.svg" alt="Cave">');
    expect(page).toContain('<link rel="icon" href="https://pictures.example.com/cave.png">');
    expect(page).toContain('--brand:#ffe600');
    expect(page).toContain('--on-brand:#000000');
    expect(page).toContain('href="https://cave.example.com/terms"');
    expect(page).toContain('to continue to Shop');
    expect(headers.get('content-security-policy')).toContain(
      "img-src 'self' data: https://cave.example.com https://pictures.example.com;",
    );
  });
});

describe('until the code was right, a number tells nothing', () => {
  /** All that somebody sees who asks for a code, without what differs each time. */
  async function seen(path: string, phone: string) {
    // Long enough after the message before.
    server.advance(31_000);
    const { browser, flow, csrf } = await newBrowser(path === '/register' ? { prompt: 'create' } : {});
    const sent = await post(browser, path, { flow, csrf, country: 'CN', phone });
    const next = String(sent.headers.get('location'));
    const { response } = await browser.visit(`${server.publicUrl}${next}`);
    const verification = new URLSearchParams(next.split('?')[1]).get('verification') ?? 'no verification';
    expect(next).toContain(verification);
    const wrong = await post(browser, `${path}/code`, { flow, csrf, verification, code: '000000' });
    const again = await browser.visit(`${server.publicUrl}${wrong.headers.get('location')}`);
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
    const known = person.phone.slice(3);
    const strange = '15912345678';
    // The time that passes may show in the countdown alone.
    const still = (pages: unknown) => JSON.stringify(pages).replaceAll(/\d+ s\.|data-seconds=..?\d+/g, '');
    expect(still(await seen(path, strange))).toBe(still(await seen(path, known)));
  });
});

describe('the first page', () => {
  const byEither = { password: true, verificationCode: true, isPasswordPrimary: false };
  const all: Partial<SignInExperience> = {
    signInMode: 'SignInAndRegister',
    signUp: { identifiers: ['email', 'phone'], password: false, verify: true },
    signIn: {
      methods: [
        { identifier: 'email', ...byEither },
        { identifier: 'phone', ...byEither },
        { identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true },
      ],
    },
    forgotPasswordMethods: ['PhoneVerificationCode', 'EmailVerificationCode'],
  };
  const change = (policy: Partial<SignInExperience>) => server.services.experience.change(policy);
  beforeEach(() => change(all));
  const [signIn, register, reset] = ['identifier:sign_in', 'identifier:register', 'reset_password'];
  /** Of what the page asks for, but for the country of numbers. */
  const labelOf = (page: string) =>
    [...page.matchAll(/<label[^>]*>([^<]+)<\/label>/g)]
      .map(([, label]) => label)
      .find((label) => label !== en['field.country']);

  test.each<[first: string | undefined, identifier: string, path: string, label: TextKey]>([
    [signIn, '', '/sign-in', 'field.phoneOrEmailOrUsername'],
    [signIn, 'username email', '/sign-in', 'field.emailOrUsername'],
    ['identifier:sign-in', 'email', '/sign-in', 'field.email'],
    [signIn, 'phone', '/sign-in', 'field.phone'],
    [signIn, 'email phone', '/sign-in', 'field.phoneOrEmail'],
    [signIn, 'username', '/sign-in/password', 'field.username'],
    [signIn, 'fax', '/sign-in', 'field.phoneOrEmailOrUsername'],
    [signIn, 'fax email', '/sign-in', 'field.email'],
    ['sign_in', 'email', '/sign-in', 'field.phoneOrEmailOrUsername'],
    [undefined, 'email', '/sign-in', 'field.phoneOrEmailOrUsername'],
    ['single_sign_on', 'email', '/sign-in', 'field.phoneOrEmailOrUsername'],
    [register, '', '/register', 'field.phoneOrEmail'],
    [register, 'email', '/register', 'field.email'],
    [register, 'phone', '/register', 'field.phone'],
    [register, 'username', '/register', 'field.phoneOrEmail'],
    [reset, '', '/forgot-password', 'field.phoneOrEmail'],
    [reset, 'email', '/forgot-password', 'field.email'],
    [reset, 'phone', '/forgot-password', 'field.phone'],
  ])('of first_screen=%s with identifier=%j is %s with %s', async (first, identifier, path, label) => {
    const { url, page } = await newBrowser({ ...(first && { first_screen: first }), identifier });
    expect([url.pathname, labelOf(page)]).toEqual([path, en[label]]);
  });

  test('takes what it asks for alone, filled in with the hint; other pages take what they always do', async () => {
    const hint = 'ali@example.com';
    const parameters = { first_screen: 'identifier:sign_in', identifier: 'email', login_hint: hint };
    const { browser, page, flow, csrf, url } = await newBrowser(parameters);
    expect(page).toContain(`value="${hint}"`);
    const other = await (await browser.send(`${server.publicUrl}/register?flow=${flow}`)).text();
    expect([labelOf(other), other.includes(`value="${hint}"`)]).toEqual([en['field.phoneOrEmail'], true]);
    const byPassword = await (await browser.send(`${server.publicUrl}/sign-in/password?flow=${flow}`)).text();
    expect(labelOf(byPassword)).toBe(en['field.email']);
    await post(browser, '/sign-in', { flow, csrf, identifier: '+8613800138000' });
    expect(await (await browser.send(url.href)).text()).toContain(en['problem.email-incomplete']);
  });

  test.each<[first: string | undefined, policy: Partial<SignInExperience>]>([
    [register, { signInMode: 'SignIn' }],
    [register, { signUp: { identifiers: [], password: false, verify: false } }],
    ['register', { signInMode: 'SignIn' }],
    [reset, { forgotPasswordMethods: [] }],
  ])('of first_screen=%s is the sign-in where %j', async (first, policy) => {
    await change(policy);
    const { url, response } = await newBrowser({ ...(first && { first_screen: first }) });
    expect([response.status, url.pathname]).toEqual([200, '/sign-in']);
  });
});
