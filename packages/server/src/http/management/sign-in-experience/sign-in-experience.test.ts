import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';
import { defaultSignInExperience } from '../../../experience/sign-in-experience.ts';
import { defaultPasswordPolicy } from '../../../password-policy.ts';

let server: ConsoleServer;
let headers: { authorization: string };
beforeAll(async () => {
  server = await newConsoleServer('SQLite');
  headers = { authorization: `Bearer ${await server.getAccessToken()}` };
  await server.services.connectors.delete('development-inbox-email');
});
afterAll(() => server?.close());

const call = async (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object) => {
  const reply = await server.send(method, `/api${path}`, { headers, ...(body && { body }) });
  return { status: reply.statusCode, body: reply.json() };
};
const patch = (body: object) => call('PATCH', '/sign-in-exp', body);
const get = async () => (await call('GET', '/sign-in-exp')).body;

describe('replies', () => {
  /** The columns of Logto's table `sign_in_experiences`, which its schema requires; `null` where that takes it. */
  const required = {
    tenantId: 'default',
    id: 'default',
    color: { primaryColor: '#5b3df5', darkPrimaryColor: '#a594ff', isDarkModeEnabled: true },
    branding: { name: '' },
    hideLogtoBranding: false,
    languageInfo: { autoDetect: true, fallbackLanguage: 'en' },
    termsOfUseUrl: null,
    privacyPolicyUrl: null,
    agreeToTermsPolicy: 'Automatic',
    signIn: { methods: expect.any(Array) },
    signUp: { identifiers: ['phone'], password: false, verify: true },
    socialSignIn: {},
    socialSignInConnectorTargets: [],
    signInMode: 'SignInAndRegister',
    customCss: null,
    customContent: {},
    customUiAssets: null,
    customUiCsp: {},
    passwordPolicy: defaultPasswordPolicy,
    mfa: { policy: 'UserControlled', factors: [] },
    adaptiveMfa: {},
    trustedDevice: {},
    singleSignOnEnabled: false,
    supportEmail: null,
    supportWebsiteUrl: null,
    unknownSessionRedirectUrl: null,
    captchaPolicy: {},
    sentinelPolicy: {},
    emailBlocklistPolicy: {},
    verificationCodePolicy: { codeLength: 6, expirationDuration: 600, maxRetryAttempts: 10 },
    forgotPasswordMethods: ['PhoneVerificationCode'],
    passkeySignIn: {},
    signUpProfileFields: [],
    passwordExpiration: {},
    usernamePolicy: expect.objectContaining({ caseSensitive: true, minLength: 1, maxLength: 128 }),
  };

  test('have every field that Logto’s schema requires, and can be sent back as they are', async () => {
    const before = await get();
    expect(before).toMatchObject(required);
    expect(before.branding).toEqual({ name: '' });
    expect(await patch(before)).toEqual({ status: 200, body: before });
  });

  test('have the same for sign-in pages, and what can be done there now', async () => {
    const policy = {
      blockSubaddressing: true,
      customBlocklist: ['bad@example.com'],
      customAllowlist: ['@example.com'],
    };
    await patch({ emailBlocklistPolicy: policy });
    const none = { prefixes: [], networks: [] };
    await patch({ fraudPolicy: { maxMessagesPerDay: 7, never: { ...none, prefixes: ['+4915112345678'] } } });
    const { body } = await call('GET', '/.well-known/sign-in-exp');
    await patch({ emailBlocklistPolicy: {}, fraudPolicy: { maxMessagesPerDay: null, never: none } });
    // What else there is is for administrators: an attacker would know how far to go.
    expect(body.fraudPolicy).toEqual({ countries: { mode: 'deny', list: [] } });
    expect(JSON.stringify(body)).not.toContain('15112345678');
    expect(body.emailBlocklistPolicy).toEqual({ blockSubaddressing: true });
    expect(body).toMatchObject({
      ...required,
      emailBlocklistPolicy: {},
      forgotPassword: { phone: true, email: false },
      socialConnectors: [],
      ssoConnectors: [],
      customProfileFields: [],
      isDevelopmentTenant: false,
    });
  });

  test('says of links and pictures without a scheme what is missing', async () => {
    const { body } = await patch({
      termsOfUseUrl: 'example.com/terms',
      supportWebsiteUrl: 'help.example.com',
      branding: { favicon: 'example.com/icon.png' },
    });
    const { issues } = body.data as { issues: { path: string; message: string }[] };
    expect(Object.fromEntries(issues.map(({ path, message }) => [path, message]))).toEqual({
      termsOfUseUrl: expect.stringContaining('for example https://example.com/terms'),
      supportWebsiteUrl: expect.stringContaining('for example https://help.example.com'),
      'branding.favicon': expect.stringContaining('for example https://example.com/icon.png'),
    });
  });

  test('leave out the pictures that are not there, however they were taken away', async () => {
    const url = 'https://example.com/logo.png';
    const pictures = { logoUrl: url, darkLogoUrl: url, favicon: url, darkFavicon: url };
    expect((await patch({ branding: pictures })).body.branding).toEqual({ name: '', ...pictures });
    const gone = { logoUrl: null, darkLogoUrl: '', favicon: null };
    expect((await patch({ branding: gone })).body.branding).toEqual({ name: '', darkFavicon: url });
    expect((await patch({ branding: { darkFavicon: '' }, termsOfUseUrl: '' })).body).toMatchObject({
      branding: { name: '' },
      termsOfUseUrl: null,
    });
    expect(Object.keys((await get()).branding)).toEqual(['name']);
    expect((await patch({ branding: { name: 'Shop\u2028Bcc: x@example.com' } })).status).toBe(400);
  });

  test('have room for two of the largest pictures that the Console takes', async () => {
    const picture = `data:image/svg+xml;base64,${Buffer.alloc(74_000, ' ').toString('base64')}`;
    const { status, body } = await patch({ branding: { logoUrl: picture, darkLogoUrl: picture } });
    expect(status).toBe(200);
    expect(body.branding.darkLogoUrl).toBe(picture);
    await patch({ branding: { logoUrl: null, darkLogoUrl: null } });
  });
});

describe('a sign-up', () => {
  const signUp = (change: object) => patch({ signUp: change });
  const phoneSecond = { identifiers: ['username'], password: true, verify: true };
  const refused = (code: string) => ({ status: 400, body: { code: `sign_in_experiences.${code}` } });

  test('that asks for no number needs no verification', async () => {
    for (const taken of [
      { identifiers: ['username'], password: true, verify: false },
      { identifiers: [], password: false, verify: false },
      { identifiers: ['username'], password: true, verify: false, secondaryIdentifiers: [] },
    ]) {
      const { secondaryIdentifiers: _, ...stored } = { secondaryIdentifiers: [], ...taken };
      expect((await signUp(taken)).body.signUp).toEqual(stored);
    }
  });

  test('asks for more after that, until it is given anew', async () => {
    const secondaryIdentifiers = [{ identifier: 'phone', verify: true }];
    const both = { ...phoneSecond, secondaryIdentifiers };
    expect((await signUp(both)).body.signUp).toEqual(both);
    expect((await signUp({ password: false })).body.signUp).toEqual({ ...both, password: false });
    const primary = { identifiers: ['phone'], password: false, verify: true };
    expect((await signUp(primary)).body.signUp).toEqual(primary);
    const username = { ...primary, secondaryIdentifiers: [{ identifier: 'username' }] };
    expect((await signUp(username)).body.signUp).toEqual(username);
    expect((await signUp({ secondaryIdentifiers: [] })).body.signUp).toEqual(primary);
  });

  test.each([
    [{ identifiers: ['phone'], password: false, verify: false }, 'passwordless_requires_verify'],
    [
      { ...phoneSecond, verify: false, secondaryIdentifiers: [{ identifier: 'phone', verify: true }] },
      'passwordless_requires_verify',
    ],
    [{ ...phoneSecond, secondaryIdentifiers: [{ identifier: 'phone' }] }, 'passwordless_requires_verify'],
    [{ ...phoneSecond, secondaryIdentifiers: [{ identifier: 'username' }] }, 'duplicated_sign_up_identifiers'],
    [{ ...phoneSecond, identifiers: ['username', 'username'] }, 'duplicated_sign_up_identifiers'],
    [
      { ...phoneSecond, identifiers: [], secondaryIdentifiers: [{ identifier: 'username' }] },
      'missing_sign_up_identifiers',
    ],
  ])('%o is refused', async (change, code) => {
    const before = await get();
    expect(await signUp(change)).toMatchObject(refused(code));
    expect(await call('POST', '/sign-in-exp/preview', { change: { signUp: change } })).toMatchObject(refused(code));
    expect(await get()).toEqual(before);
  });

  test.each([
    { signUp: { ...phoneSecond, identifiers: ['email'] } },
    { signUp: { ...phoneSecond, secondaryIdentifiers: [{ identifier: 'email', verify: true }] } },
    { signUp: { ...phoneSecond, secondaryIdentifiers: [{ identifier: 'emailOrPhone', verify: true }] } },
    { signIn: { methods: [{ identifier: 'email', password: true, verificationCode: true, isPasswordPrimary: true }] } },
  ])('takes a live email connector: %o', async (change) => {
    const before = await get();
    const { status, body } = await patch(change);
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { code: 'sign_in_experiences.enabled_connector_not_found', data: { type: 'Email' } },
    });
    expect(await get()).toEqual(before);
  });

  test('takes none where an address signs in by a password', async () => {
    const { signIn } = await get();
    const method = { identifier: 'email', password: true, verificationCode: false, isPasswordPrimary: true };
    expect((await patch({ signIn: { methods: [method] } })).body.signIn).toEqual({ methods: [method] });
    await patch({ signIn });
  });

  test.each([
    [{ ...phoneSecond, identifiers: ['email'], verify: false }, 'passwordless_requires_verify'],
    [{ ...phoneSecond, secondaryIdentifiers: [{ identifier: 'emailOrPhone' }] }, 'passwordless_requires_verify'],
    [
      { ...phoneSecond, identifiers: ['email'], secondaryIdentifiers: [{ identifier: 'emailOrPhone', verify: true }] },
      'duplicated_sign_up_identifiers',
    ],
  ])('%o is refused', async (change, code) => {
    expect(await call('POST', '/sign-in-exp/preview', { change: { signUp: change } })).toMatchObject(refused(code));
  });
});

describe('what Logto has beside', () => {
  test.each([
    { mfa: { factors: [], policy: 'PromptAtSignInAndSignUp', organizationRequiredMfaPolicy: 'Mandatory' } },
    { sentinelPolicy: {} },
    { sentinelPolicy: { maxAttempts: 100 } },
    { sentinelPolicy: { maxAttempts: 100, lockoutDuration: 60 } },
    { captchaPolicy: { enabled: false } },
    { passwordExpiration: { enabled: false } },
    { trustedDevice: { enabled: false, durationDays: 30 } },
    { passkeySignIn: { enabled: false, showPasskeyButton: true, allowAutofill: true } },
    { supportEmail: '', unknownSessionRedirectUrl: null },
  ])('%o asks for nothing', async (change) => {
    expect(await patch(change)).toMatchObject({ status: 200 });
  });

  test.each([
    { sentinelPolicy: { maxAttempts: 5, lockoutDuration: 10 } },
    { passwordExpiration: { enabled: true, validPeriodDays: 30 } },
    { passkeySignIn: { enabled: true } },
  ])('%o asks for something', async (change) => {
    const { status, body } = await patch(change);
    expect(status).toBe(400);
    expect(body.data.issues[0].path).toBe(Object.keys(change)[0]);
  });
});

test('the address for help may have a domain in any script, and what is none is told why', async () => {
  const { body } = await patch({ supportEmail: ' Hilfe@Bücher.example ' });
  expect(body.supportEmail).toBe('Hilfe@xn--bcher-kva.example');
  const refused = await patch({ supportEmail: 'jürgen@example.com' });
  expect(refused).toMatchObject({ status: 400, body: { data: { issues: [{ path: 'supportEmail' }] } } });
  expect(refused.body.data.issues[0].message).toContain('Before the @ only plain letters');
  await patch({ supportEmail: '' });
});

test('the password policy is replaced as a whole, and what it leaves out is as in the beginning', async () => {
  const rejects = { pwned: false, repetitionAndSequence: true, userInfo: true, words: ['sesame'] };
  const policy = { length: { min: 8, max: 32 }, characterTypes: { min: 3 }, rejects };
  expect((await patch({ passwordPolicy: policy })).body.passwordPolicy).toEqual(policy);
  expect((await patch({ color: { isDarkModeEnabled: true } })).body.passwordPolicy).toEqual(policy);
  const longer = { length: { min: 12 } };
  expect((await patch({ passwordPolicy: longer })).body.passwordPolicy).toEqual({
    ...defaultPasswordPolicy,
    length: { min: 12, max: 256 },
  });
  for (const [impossible, path] of [
    [{ length: { min: 20, max: 10 } }, 'length.max'],
    [{ length: { max: 300 } }, 'length.max'],
    [{ characterTypes: { min: 5 } }, 'characterTypes.min'],
    [{ rejects: { pwnd: true } }, 'rejects.pwnd'],
  ] as const) {
    const { status, body } = await patch({ passwordPolicy: impossible });
    expect({ status, path: body.data.issues[0].path }).toEqual({ status: 400, path: `passwordPolicy.${path}` });
  }
  expect((await patch({ passwordPolicy: {} })).body.passwordPolicy).toEqual(defaultPasswordPolicy);
});

describe('a password that is held against the policy', () => {
  beforeEach(async () => {
    const rejects = { pwned: true, repetitionAndSequence: true, userInfo: true };
    await patch({ passwordPolicy: { length: { min: 8, max: 64 }, characterTypes: { min: 3 }, rejects } });
  });
  const check = (body: object) => call('POST', '/sign-in-exp/default/check-password', body);

  test('breaks these rules', async () => {
    const { id: userId } = await server.services.users.create({ name: 'Johnny' });
    const rulesOf = async (password: string) => {
      const { status, body } = await check({ password, userId });
      expect({ status, result: body.result }).toEqual({ status: 400, result: false });
      return body.issues.map(({ code }: { code: string }) => code.replace('password_rejected.', ''));
    };
    expect(await rulesOf('123')).toEqual(['too_short', 'character_types', 'restricted.sequence']);
    expect(await rulesOf('johnny13')).toEqual(['character_types', 'restricted.user_info']);
    expect(await rulesOf('123456aA')).toEqual(['pwned', 'restricted.sequence']);
    expect(await check({ password: 'Ope7-the+do0r', userId })).toEqual({ status: 200, body: { result: true } });
  });

  test('takes the user where the policy looks at what is known of the user', async () => {
    expect(await check({ password: 'Ope7-the+do0r' })).toMatchObject({
      status: 400,
      body: { code: 'request.invalid_input', data: { field: 'userId' } },
    });
    expect(await check({ password: 'Ope7-the+do0r', userId: 'none' })).toMatchObject({ status: 404 });
    await patch({ passwordPolicy: { rejects: { userInfo: false } } });
    expect(await check({ password: 'Ope7-the+do0r' })).toMatchObject({ status: 200 });
  });
});

describe('which addresses are taken', () => {
  test('is replaced as a whole, and can be sent back as it is shown', async () => {
    const policy = { blockSubaddressing: true, customBlocklist: ['@example.com', 'foo*@*.example.org'] };
    expect((await patch({ emailBlocklistPolicy: policy })).body.emailBlocklistPolicy).toEqual(policy);
    expect(await patch({ emailBlocklistPolicy: policy })).toMatchObject({ status: 200 });
    expect((await patch({ emailBlocklistPolicy: {} })).body.emailBlocklistPolicy).toEqual({});
    await patch({ emailBlocklistPolicy: policy });
    expect((await patch({ emailBlocklistPolicy: null })).body.emailBlocklistPolicy).toEqual({});
  });

  test('is refused where an entry is none, with all of these', async () => {
    const lists = { customAllowlist: ['@*', 'foo'], customBlocklist: ['foo', 'a@b@example.com', '@example.com'] };
    expect(await patch({ emailBlocklistPolicy: lists })).toMatchObject({
      status: 400,
      body: {
        code: 'sign_in_experiences.invalid_custom_email_blocklist_format',
        data: { items: ['@*', 'foo', 'a@b@example.com'] },
      },
    });
  });

  test('knows no providers of disposable addresses', async () => {
    expect(await patch({ emailBlocklistPolicy: { blockDisposableAddresses: false } })).toMatchObject({ status: 200 });
    expect(await patch({ emailBlocklistPolicy: { blockDisposableAddresses: true } })).toMatchObject({
      status: 400,
      body: { code: 'request.invalid_input', data: { field: 'emailBlocklistPolicy.blockDisposableAddresses' } },
    });
    await patch({ emailBlocklistPolicy: {} });
  });
});

describe('a second factor', () => {
  const byPhone = { factors: ['PhoneVerificationCode'], policy: 'Mandatory' };
  const passwords = {
    methods: ['phone', 'username'].map((identifier) => ({
      ...{ identifier, password: true, verificationCode: false, isPasswordPrimary: true },
    })),
  };
  const refused = (code: string) => ({ status: 400, body: { code: `sign_in_experiences.${code}` } });
  const bothWays = refused('phone_verification_code_cannot_be_used_for_mfa');

  test('is a code to what does not sign in by itself, through a live connector', async () => {
    expect(await patch({ mfa: byPhone })).toMatchObject(bothWays);
    expect(await patch({ mfa: byPhone, signIn: passwords })).toMatchObject({ status: 200, body: { mfa: byPhone } });
    const { mfa } = (await call('GET', '/.well-known/sign-in-exp')).body;
    expect(mfa).toEqual(byPhone);
    const { signIn } = defaultSignInExperience;
    expect(await patch({ signIn })).toMatchObject(bothWays);
    expect(await patch({ mfa: { factors: ['EmailVerificationCode'] } })).toMatchObject({
      ...refused('enabled_connector_not_found'),
      body: { data: { type: 'Email' } },
    });
    const twice = { factors: ['PhoneVerificationCode', 'PhoneVerificationCode'] };
    expect(await patch({ mfa: twice })).toMatchObject(refused('duplicated_mfa_factors'));
    expect(await patch({ mfa: { factors: [] }, signIn })).toMatchObject({ status: 200 });
  });
});

// Last: the connector is gone after it.
test('a forgotten password is replaced through a live connector', async () => {
  const setMethods = (...forgotPasswordMethods: string[]) => patch({ forgotPasswordMethods });
  const refused = (method: string) => ({
    status: 400,
    body: { code: 'sign_in_experiences.forgot_password_method_requires_connector', data: { method } },
  });
  expect(await setMethods('PhoneVerificationCode')).toMatchObject({ status: 200 });
  expect(await setMethods('PhoneVerificationCode', 'EmailVerificationCode')).toMatchObject(refused('email'));
  const [live] = (await call('GET', '/connectors')).body;
  await server.send('DELETE', `/api/connectors/${live.id}`, { headers });
  expect(await setMethods('PhoneVerificationCode')).toMatchObject(refused('sms'));
  expect((await call('GET', '/.well-known/sign-in-exp')).body.forgotPassword).toEqual({ phone: false, email: false });
  expect(await setMethods()).toMatchObject({ status: 200, body: { forgotPasswordMethods: [] } });
  const atFirst = { status: 200, body: { forgotPasswordMethods: ['PhoneVerificationCode'] } };
  expect(await patch({ forgotPasswordMethods: null })).toMatchObject(atFirst);
  expect(await call('GET', '/sign-in-exp')).toMatchObject(atFirst);
});
