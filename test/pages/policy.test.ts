import { beforeEach, describe, expect, test } from 'vitest';
import { en } from '../../packages/pages/src/translations/en.ts';
import type { TextKey } from '../../packages/pages/src/translations/texts.ts';
import type { SignInExperience } from '../../packages/server/src/experience/sign-in-experience.ts';
import { defaultPasswordPolicy } from '../../packages/server/src/password-policy.ts';
import { type Form, useForms } from './forms-rig.ts';

const own = useForms();
const { newBrowser, post, messages } = own;

describe('the policy', () => {
  const where = async (parameters: Record<string, string> = {}) => (await newBrowser(parameters)).url.pathname;
  const code = { identifier: 'phone', password: true, verificationCode: true, isPasswordPrimary: false } as const;
  const byName = { identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true } as const;
  const change = (policy: Parameters<typeof own.server.services.experience.change>[0]) =>
    own.server.services.experience.change(policy);

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
    const register = await visitor.send(`${own.server.publicUrl}/register?flow=${signIn}`);
    expect(await register.text()).toContain('This is not offered here');
    await change({ signInMode: 'SignInAndRegister', forgotPasswordMethods: [] });
    const { browser, flow } = await newBrowser();
    const password = await browser.send(`${own.server.publicUrl}/sign-in/password?flow=${flow}`);
    expect(await password.text()).not.toContain('Forgot password?');
    const reset = await browser.send(`${own.server.publicUrl}/forgot-password?flow=${flow}`);
    expect(await reset.text()).toContain('This is not offered here');
    await change({ forgotPasswordMethods: ['PhoneVerificationCode'] });
  });

  /** Sends the form of a page, and goes where that leads. */
  async function answer({ browser, flow, csrf }: Awaited<ReturnType<typeof newBrowser>>, path: string, form: Form) {
    const reply = await post(browser, path, { flow, csrf, ...form });
    const next = new URL(reply.headers.get('location') ?? '', own.server.publicUrl);
    if (next.origin !== new URL(own.server.publicUrl).origin || next.pathname.startsWith('/oidc'))
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
    const [message] = (await own.server.management.get('/development-inbox')).body;
    const { next } = await answer(opened, '/register/code', { verification, code: message.code });
    expect(next.pathname).toMatch(/^\/oidc\/auth\//);
    expect(await own.server.services.users.find({ username })).toMatchObject({ primaryPhone: '+8613700137000' });
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
  const change = (policy: Partial<SignInExperience>) => own.server.services.experience.change(policy);
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
    const other = await (await browser.send(`${own.server.publicUrl}/register?flow=${flow}`)).text();
    expect([labelOf(other), other.includes(`value="${hint}"`)]).toEqual([en['field.phoneOrEmail'], true]);
    const byPassword = await (await browser.send(`${own.server.publicUrl}/sign-in/password?flow=${flow}`)).text();
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
