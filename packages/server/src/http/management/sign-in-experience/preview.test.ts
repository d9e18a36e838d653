import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';

let server: ConsoleServer;
let cookie: string;
beforeAll(async () => {
  server = await newConsoleServer('SQLite');
  cookie = await server.signIn();
});
afterAll(() => server?.close());

const preview = (body: object, as = cookie) => server.send('POST', '/api/sign-in-exp/preview', { cookie: as, body });
const htmlOf = async (body: object): Promise<string> => (await preview(body)).json().html;

test('shows an unsaved change, and changes nothing', async () => {
  const before = await server.services.experience.read();
  const change = { branding: { name: 'Cave & Sons' }, color: { primaryColor: '#006644' }, defaultCountry: 'PT' };
  const html = await htmlOf({ change });
  expect(html).toContain('Cave &amp; Sons');
  expect(html).toContain('--brand:#006644');
  expect(html).toMatch(/<option value="PT"[^>]* selected/);
  expect(await server.services.experience.read()).toEqual(before);
  const { json } = await server.send('GET', '/api/audit-log', { cookie });
  expect(json().some(({ action }: { action: string }) => action.startsWith('sign-in-experience'))).toBe(false);
});

test('needs no other file and has no script, and its styles bear the nonce', async () => {
  const nonce = 'bm9uY2U=';
  const html = await htmlOf({ nonce });
  expect(html).not.toMatch(/<script|<link|autofocus/);
  const styles = html.match(/<style[^>]*>/g) ?? [];
  expect(styles).toHaveLength(2);
  expect(new Set(styles)).toEqual(new Set([`<style nonce="${nonce}">`]));
  expect((await preview({ nonce: '"><script>' })).statusCode).toBe(400);
});

test('is light or dark whatever the device prefers', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const html = await htmlOf({ colorScheme, change: { branding: { logoUrl: 'data:image/png;base64,AA==' } } });
    expect(html).not.toContain('prefers-color-scheme');
    expect(html.includes('(min-width: 0)')).toBe(colorScheme === 'dark');
  }
});

test.each([
  ['sign-in', {}, /name="phone"|type="tel"/],
  [
    'sign-in',
    {
      signIn: {
        methods: [{ identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true }],
      },
    },
    /type="password"/,
  ],
  ['sign-in', { signInMode: 'Register' }, /^(?!.*<input)/s],
  ['register', { termsOfUseUrl: 'https://example.com/terms' }, /https:\/\/example\.com\/terms/],
  ['register', { signUp: { identifiers: ['username'], password: true } }, /autocomplete="new-password"/],
  ['register', { signInMode: 'SignIn' }, /^(?!.*<input)/s],
  ['code', { verificationCodePolicy: { codeLength: 4 } }, /data-length="4"/],
  ['forgot-password', {}, /type="tel"/],
  ['forgot-password', { forgotPasswordMethods: [] }, /^(?!.*<input)/s],
  ['second-step', {}, /\+44 ••• 23/],
  [
    'second-step',
    {
      mfa: { factors: ['EmailVerificationCode', 'PhoneVerificationCode'], policy: 'Mandatory' },
      signIn: {
        methods: [{ identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true }],
      },
    },
    /a•••@example\.com.*\+44 ••• 23/s,
  ],
  [
    'second-step',
    { mfa: { factors: ['Totp', 'BackupCode'], policy: 'Mandatory' } },
    /data-length="6".*Use a backup code/s,
  ],
  [
    'second-step',
    { mfa: { factors: ['Totp'], policy: 'Mandatory' }, trustedDevicePolicy: { enabled: true, durationDays: 30 } },
    /name="trust"/,
  ],
  [
    'code',
    {
      mfa: { factors: ['PhoneVerificationCode'], policy: 'Mandatory' },
      signIn: {
        methods: [{ identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true }],
      },
      trustedDevicePolicy: { enabled: true, durationDays: 30 },
    },
    /\+44 ••• 23.*name="trust"/s,
  ],
  // What says who it is trusts no browser.
  ['code', { trustedDevicePolicy: { enabled: true, durationDays: 30 } }, /^(?!.*name="trust")/s],
  ['new-password', { passwordPolicy: { length: { min: 12 } } }, /At least 12 characters\. A few words/],
  ['new-password', { passwordPolicy: { characterTypes: { min: 3 } } }, /At least 3 of these: lower-case/],
  [
    'register',
    {
      signUp: {
        identifiers: ['username'],
        password: true,
        secondaryIdentifiers: [{ identifier: 'phone', verify: true }],
      },
    },
    /autocomplete="new-password"/,
  ],
])('%s with %o', async (page, change, expected) => {
  expect(await htmlOf({ page, change })).toMatch(expected);
});

test('comes in each language, and says what of a change cannot be', async () => {
  expect(await htmlOf({ language: 'zh-CN' })).toContain('<html lang="zh-CN"');
  const refused = await preview({ change: { color: { primaryColor: '#12' } } });
  expect(refused.statusCode).toBe(400);
  expect(refused.json().data.issues[0].path).toBe('change.color.primaryColor');
});

test('takes a session or a token', async () => {
  expect((await preview({}, 'none')).statusCode).toBe(401);
  const headers = { authorization: `Bearer ${await server.getAccessToken()}` };
  expect((await server.send('POST', '/api/sign-in-exp/preview', { body: {}, headers })).statusCode).toBe(200);
});

test('has a stylesheet of the operator’s own, which cannot leave its place', async () => {
  const customCss =
    '.x::after { content: "</style><script>alert(1)</script>" }\n@media (prefers-color-scheme: dark) { h1 { color: red } }';
  const html = await htmlOf({ change: { customCss }, colorScheme: 'dark' });
  expect(html.match(/<\/style>/g)).toHaveLength(3);
  expect(html).toContain('@media (min-width: 0) { h1 { color: red } }');
  const refused = await preview({ change: { customCss: 'a {\n  background: url(https://x.example)\n}' } });
  expect(refused.json()).toMatchObject({
    code: 'sign_in_experiences.invalid_custom_css',
    data: { issues: [{ path: 'customCss', reason: 'url', line: 2, column: 15, found: 'url(https://x.example)' }] },
  });
});
