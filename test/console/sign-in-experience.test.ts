import { afterAll, beforeAll, expect, test } from 'vitest';
import { guessesAtSecond } from '../../packages/server/src/accounts/second-locks.ts';
import { defaultSignInExperience } from '../../packages/server/src/experience/sign-in-experience.ts';
import { axeProblemsOf } from '../setup/axe.ts';
import { load, looks, narrow, type SectionRig, startSectionRig } from './section-rig.ts';
import { changeWindow } from './windows.ts';

let rig: SectionRig;
beforeAll(async () => {
  rig = await startSectionRig();
});
afterAll(() => rig?.close());

const stored = async () => (await rig.server.management.get('/sign-in-exp')).body;
const restore = () => rig.server.management.patch('/sign-in-exp', defaultSignInExperience);
/** The largest that is taken. */
const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="teal"/></svg>'.padEnd(
    74_000,
  );

test('changes the rules for codes, and says at the field what cannot be', async () => {
  const page = await rig.open('sign-in-experience?tab=codes');
  const lifetime = page.getByLabel('Valid for, in seconds');
  await lifetime.fill('9999');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => lifetime.getAttribute('aria-invalid')).toBe('true');
  await page.getByText('Give a whole number from 60 to 600.').waitFor();
  await expect.poll(() => lifetime.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await axeProblemsOf(page)).toEqual([]);

  await lifetime.fill('300');
  await page.getByLabel('Messages in all in a window').fill('500');
  await page.getByLabel('Messages that one network').fill('');
  await page.getByLabel('Codes bound to this site').selectOption('Never');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  expect(await stored()).toMatchObject({
    verificationCodePolicy: { codeLength: 6, expirationDuration: 300 },
    messageRateLimitPolicy: { maxSendsTotal: 500, maxSendsPerAddress: null },
    originBoundCodes: false,
  });
});

test('tells owners of changes by what is switched on, with what it says', async () => {
  await restore();
  const page = await rig.open('sign-in-experience?tab=codes', narrow);
  const panel = page.getByRole('group', { name: '通知内容' });
  const mail = panel.getByTestId('inbox-row');
  expect(await mail.innerText()).toContain('Sesame: The phone number of your account was changed.');
  await page.getByLabel('通过邮件').press('Space');
  await page.getByLabel('无法发送邮件时通过短信').press('Space');
  await mail.waitFor({ state: 'detached' });
  expect(await panel.innerText()).toBe(
    'The phone number of your account was changed. If this was not you, contact support at once.',
  );
  expect(await axeProblemsOf(page)).toEqual([]);
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('已保存。', { exact: true }).waitFor();
  expect((await stored()).accountNotices).toEqual({ email: false, sms: true });
  await restore();
});

test('an empty field that needs a number brings back the tab that it is on; changes are kept or discarded', async () => {
  const page = await rig.open('sign-in-experience?tab=codes');
  const digits = page.getByLabel('Digits');
  await digits.fill('');
  await page.getByRole('tab', { name: 'Brand' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Acme');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL(/tab=codes/);
  await page.getByText('Give a whole number from 4 to 6.').waitFor();
  await expect.poll(() => digits.evaluate((field) => field === document.activeElement)).toBe(true);
  const { verificationCodePolicy, branding } = await stored();
  expect(verificationCodePolicy.codeLength).toBe(6);
  expect(branding.name).toBe('');

  await digits.fill('4');
  await page.getByRole('tab', { name: 'Brand' }).click();
  await page.getByRole('link', { name: 'Users' }).click();
  await page.getByRole('button', { name: 'Stay here' }).click();
  await page.getByRole('tab', { name: 'Codes and limits' }).click();
  expect(await digits.inputValue()).toBe('4');
  await page.getByRole('button', { name: 'Discard', exact: true }).click();
  await expect.poll(() => digits.inputValue()).toBe('6');
  expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
});

test('gives the pages a name, a logo of this computer and colours, and tells what cannot be read or is too large', async () => {
  const page = await rig.open('sign-in-experience');
  await page.getByLabel('Name', { exact: true }).fill('Acme');
  const file = (buffer: Buffer, mimeType = 'image/svg+xml') => ({ name: 'logo.svg', mimeType, buffer });
  const picker = page.locator('input[type=file]').first();
  await picker.setInputFiles(file(Buffer.alloc(74_001)));
  await page.getByText('This is no image of up to 74 kB.').waitFor();
  await picker.setInputFiles(file(Buffer.from('<svg>')));
  await picker.setInputFiles(file(Buffer.from(logo)));
  await page.getByText('This is no image of up to 74 kB.').waitFor({ state: 'detached' });
  await page.getByRole('img', { name: 'Logo' }).waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  const color = page.getByLabel('Colour', { exact: true });
  await color.fill('#ffee00');
  await page.getByText(/Hard to read on the page, so links are drawn in #[0-9a-f]{6}/).waitFor();
  await color.fill('#00594c');
  await page.getByText(/Hard to read on the page, so links are drawn in #[0-9a-f]{6}/).waitFor({ state: 'detached' });
  await page.getByLabel('Dark mode').uncheck();
  expect(await page.getByLabel('Colour on a dark background', { exact: true }).count()).toBe(0);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  expect(await stored()).toMatchObject({
    branding: { name: 'Acme', logoUrl: `data:image/svg+xml;base64,${Buffer.from(logo).toString('base64')}` },
    color: { primaryColor: '#00594c', isDarkModeEnabled: false },
  });
  await page.getByRole('button', { name: 'Remove: Logo', exact: true }).click();
  await page.getByLabel('Logo', { exact: true }).fill('http://example.com/logo.png');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Give an https:// link, or upload an image.').waitFor();
  await page.getByLabel('Logo', { exact: true }).fill('https://example.com/logo.png');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(async () => (await stored()).branding.logoUrl).toBe('https://example.com/logo.png');
  await restore();
});

test('changes who may come in, by what, and in which order', async () => {
  const page = await rig.open('sign-in-experience?tab=ways');
  await page.getByRole('switch', { name: 'Username' }).check();
  await page
    .getByRole('switch', { name: /^Password/ })
    .first()
    .check();
  await page.getByLabel('Asked for first').selectOption('Password');
  expect(await axeProblemsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Move down: Phone number' }).click();
  await page.getByRole('switch', { name: 'A new password after a code by SMS' }).uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  expect(await stored()).toMatchObject({
    signUp: { identifiers: ['phone', 'username'], password: true },
    signIn: {
      methods: [
        { identifier: 'username', password: true, verificationCode: false },
        { identifier: 'phone', password: true, verificationCode: true, isPasswordPrimary: true },
      ],
    },
    forgotPasswordMethods: [],
  });
  await page.getByRole('button', { name: 'Remove: Username' }).click();
  await page.getByRole('switch', { name: 'Code by SMS', exact: true }).uncheck();
  await page.getByRole('switch', { name: 'Password', exact: true }).last().uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('A phone number or an email address needs a code, a password, or both.').waitFor();
  await page.getByRole('button', { name: 'Remove: Phone number' }).click();
  await page.getByText('Nobody can sign in: there is no way to.').waitFor();
  await page.getByRole('button', { name: 'Add: Phone number' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(async () => (await stored()).signIn.methods)
    .toEqual([{ identifier: 'phone', password: false, verificationCode: true, isPasswordPrimary: false }]);
  await restore();
});

test('asks for a second step, not by what signs in by itself, and says on the page of a user who has one', async () => {
  await restore();
  const page = await rig.open('sign-in-experience?tab=ways');
  const second = page.getByRole('switch', { name: /^A code by SMS/ });
  await second.check();
  await page.getByText('one thing is enough for both').waitFor();
  await page.getByRole('switch', { name: 'A new password after a code by SMS' }).uncheck();
  await page.getByText('one thing is enough for both').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Codes by SMS sign in by themselves').waitFor();
  await expect.poll(() => second.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await axeProblemsOf(page)).toEqual([]);
  await page.getByRole('switch', { name: 'Code by SMS', exact: true }).uncheck();
  await page.getByRole('switch', { name: 'Backup codes' }).check();
  await page.getByLabel('Who has nothing for it').selectOption('Does not sign in without');
  await page.getByRole('switch', { name: 'Trusted browsers' }).check();
  await page.getByLabel('Trusted for, in days').fill('366');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Give a whole number from 1 to 365.').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await page.getByLabel('Trusted for, in days').fill('14');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  const factors = ['PhoneVerificationCode', 'BackupCode'];
  expect(await stored()).toMatchObject({
    mfa: { factors, policy: 'Mandatory' },
    trustedDevicePolicy: { enabled: true, durationDays: 14 },
  });

  const { users, backupCodes, trustedDevices, store } = rig.server.services;
  const [one, other] = [
    await users.create({ username: 'with_number', primaryPhone: '+8613800138000' }),
    await users.create({ username: 'without_number' }),
  ];
  await backupCodes.set(one.id, backupCodes.digestsOf(backupCodes.generate(), one.id), {});
  const createdAt = rig.server.services.platform.now();
  const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  const rest = { network: '203.0.113.0/24', created_at: createdAt, last_used_at: null, expires_at: createdAt + 1e9 };
  const row = { id: 'trusted', user_id: one.id, digest: 'a digest', factor: 'phone' as const, user_agent: userAgent };
  await store.db
    .insertInto('trusted_devices')
    .values({ ...row, ...rest })
    .execute();
  await rig.show(page, `users/${one.id}`);
  await page.getByText('A code by SMS', { exact: true }).waitFor();
  await page.getByText('Unused: 10').waitFor();
  const panel = page.getByRole('region', { name: 'Trusted browsers' });
  await panel.getByText('Firefox').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await panel.getByRole('button', { name: /^Trust no more/ }).click();
  await page.getByText('The browser is no longer trusted.').waitFor();
  await panel.waitFor({ state: 'detached' });
  expect(await trustedDevices.list(one.id)).toEqual([]);

  await page.getByRole('button', { name: 'End them' }).click();
  await page.getByText('The backup codes are ended.').waitFor();
  await page.getByText('Unused: 10').waitFor({ state: 'detached' });
  expect(await backupCodes.left(one.id)).toBe(0);
  await rig.show(page, `users/${other.id}`);
  await page.getByText('Sets something up for it at the next sign-in').waitFor();
  await restore();
});

test('takes authenticator apps as a second step, and removes one on the page of its user', async () => {
  await restore();
  const page = await rig.open('sign-in-experience?tab=ways');
  await page.getByRole('switch', { name: /^A code of an authenticator app/ }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  expect(await stored()).toMatchObject({ mfa: { factors: ['Totp'], policy: 'NoPrompt' } });

  const { users, authenticators } = rig.server.services;
  const [one, other] = [await users.create({ username: 'with_app' }), await users.create({ username: 'without_app' })];
  const secret = authenticators.newSecret();
  await authenticators.set(one.id, { secret, timeStep: 0 }, { isFirst: true });
  const { store, secondLocks } = rig.server.services;
  const full = { key: guessesAtSecond('totp', one.id, 'strangers'), attempts: 10, last_attempt_id: 'test' };
  await store.db
    .insertInto('sign_in_attempts')
    .values({ ...full, window_started_at: Date.now() })
    .execute();
  await rig.show(page, `users/${one.id}`);
  await page.getByText('A code of an authenticator app', { exact: true }).waitFor();
  await page.getByText(/^Since .*20\d\d/).waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  expect(await page.content()).not.toContain(secret);
  await page.getByText('The second step was wrong 10 times in a row.').waitFor();
  await page.getByText(/no code of the authenticator app is taken until/).waitFor();
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByText('Codes and passwords are taken again.').waitFor();
  expect(await secondLocks.of(one.id, [])).toEqual({ wrong: 0, blocked: [] });
  await page.getByRole('button', { name: 'Remove it' }).click();
  await page.getByText('The authenticator app is removed.').waitFor();
  await page.getByText('None: nothing is there for it').waitFor();
  expect(await authenticators.find(one.id)).toBeUndefined();
  await rig.show(page, `users/${other.id}`);
  await page.getByText('Authenticator app', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Remove it' }).waitFor({ state: 'detached' });
  await restore();
});

test('chooses language, country by its name in the language of the page, and links', async () => {
  const page = await rig.open('sign-in-experience?tab=content', { locale: 'zh-CN' });
  const country = page.getByRole('combobox', { name: '手机号码栏的国家或地区' });
  await country.click();
  await country.fill('葡萄牙');
  await page.getByRole('option', { name: '葡萄牙 (PT)' }).click();
  await page.getByLabel('否则使用').selectOption('简体中文');
  await page.getByLabel('使用条款').fill('example.com');
  await page.getByLabel('帮助邮箱').fill('y');
  await page.getByLabel('帮助网站').fill('z');
  await page.getByRole('button', { name: '保存更改' }).click();
  await page.getByRole('button', { name: '保存更改（还有 3 项待处理）' }).waitFor();
  expect(await page.getByText('缺少协议，请填写完整地址，例如 https://example.com').count()).toBe(1);
  expect(await page.getByText('请填写以 http:// 或 https:// 开头的地址。').count()).toBe(1);
  expect(await page.locator('[aria-invalid="true"]').count()).toBe(3);
  // The preview does not say again what stands at the fields.
  expect(await page.getByText('请填写邮箱地址').count()).toBe(1);
  await page.getByLabel('帮助邮箱').fill('');
  await page.getByLabel('帮助网站').fill('');
  await page.getByLabel('使用条款').fill('https://example.com/terms');
  await page.getByRole('button', { name: '保存更改' }).click();
  await page.getByText('已保存。', { exact: true }).waitFor();
  expect(await stored()).toMatchObject({
    defaultCountry: 'PT',
    languageInfo: { autoDetect: true, fallbackLanguage: 'zh-CN' },
    termsOfUseUrl: 'https://example.com/terms',
  });
  await restore();
});

/** Counts in `emptyFrames` how often the page has frames and none of them is loaded, which flashes. */
function watchForEmptyFrames() {
  const loaded = new WeakSet<EventTarget>(document.querySelectorAll('iframe'));
  document.addEventListener('load', ({ target }) => void (target && loaded.add(target)), true);
  const watched = Object.assign(window, { emptyFrames: 0 });
  new MutationObserver(() => {
    const frames = [...document.querySelectorAll('iframe')];
    if (frames.length > 0 && !frames.some((frame) => loaded.has(frame))) watched.emptyFrames += 1;
  }).observe(document.body, { subtree: true, childList: true });
}

test('shows the hosted page with what is typed, before it is saved', async () => {
  const page = await rig.signedInPage();
  const broken: string[] = [];
  page.on('pageerror', ({ message }) => void broken.push(message));
  page.on('console', (message) => void broken.push(message.text()));
  await page.goto(`${rig.server.baseUrl}/console/sign-in-experience`);
  const shown = page.frameLocator('iframe[data-shown]');
  await shown.getByRole('heading', { name: 'Sign in' }).waitFor();
  const steps = () => page.evaluate(() => history.length);
  await changeWindow(page, `(${watchForEmptyFrames})()`);
  const before = await steps();
  await page.getByLabel('Name', { exact: true }).fill('<b>Acme</b>');
  await shown.getByText('<b>Acme</b>').waitFor();
  await page.getByLabel('Colour', { exact: true }).fill('#00594c');
  const button = shown.getByRole('button').first();
  const look = () => button.evaluate((element) => getComputedStyle(element).backgroundColor);
  await expect.poll(look).toBe('rgb(0, 89, 76)');
  await page.getByLabel('Device set to').selectOption('Dark');
  await page.getByLabel('Colour on a dark background', { exact: true }).fill('#ffd700');
  await expect.poll(look).toBe('rgb(255, 215, 0)');
  await page.getByLabel('Colour', { exact: true }).fill('#00');
  await page.getByText('The preview goes on once the fields are right.').waitFor();
  await page.getByLabel('Colour', { exact: true }).fill('#00594c');
  await page.getByRole('tab', { name: 'Codes and limits' }).click();
  await page.getByLabel('Digits').fill('4');
  await shown.locator('[data-length="4"]').waitFor();
  await page.getByRole('combobox', { name: 'Language' }).selectOption('简体中文');
  await shown.locator('html[lang="zh-CN"]').waitFor();
  expect((await stored()).branding.name).toBe('');
  expect(await page.evaluate('window.emptyFrames')).toBe(0);
  // Whoever goes back leaves the page, and not what was typed before on it.
  expect(await steps()).toBe(before);
  // A colour that is half typed is refused, which the browser notes.
  expect(broken.filter((text) => !/status of 400/.test(text))).toEqual([]);
});

test('a save that fails is told in the bar that saves, which nothing covers; what others changed meanwhile stays', async () => {
  const page = await rig.open('sign-in-experience');
  await page.getByLabel('Name', { exact: true }).fill('Ali & Co.');
  await page.route('**/api/sign-in-exp', (route) =>
    route.fulfill({ status: 503, json: { code: 'system.unavailable' } }),
  );
  const bar = page.getByRole('region', { name: 'There are unsaved changes.' });
  await bar.getByRole('button', { name: 'Save' }).click();
  await bar.getByText('The database of the server does not answer.').waitFor();
  await page.unroute('**/api/sign-in-exp');
  const logoUrl = 'https://example.com/a.png';
  await rig.server.management.patch('/sign-in-exp', { branding: { logoUrl }, defaultCountry: 'JP' });
  await bar.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  await bar.waitFor({ state: 'detached' });
  expect(await stored()).toMatchObject({ branding: { name: 'Ali & Co.', logoUrl }, defaultCountry: 'JP' });
  await expect.poll(() => page.getByLabel('Logo', { exact: true }).inputValue()).toBe(logoUrl);
  await restore();
});

test.each(looks)('axe finds nothing: %s', async (_, look) => {
  const page = await rig.open('sign-in-experience?tab=passwords', look);
  // The others were looked at while they were filled in.
  for (const tab of look === narrow ? ['brand', 'ways', 'passwords', 'content', 'codes'] : ['passwords', 'content']) {
    await load(page, `${rig.server.baseUrl}/console/sign-in-experience?tab=${tab}`);
    await page.locator('form input').first().waitFor();
    expect(await axeProblemsOf(page), tab).toEqual([]);
  }
});
