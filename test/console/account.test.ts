import { TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeProblemsOf } from '../setup/axe.ts';
import { scanQrCode } from '../setup/scan-qr-code.ts';
import { endSessionAt } from './requests.ts';
import { administrator, load, looks, type SectionRig, signInElsewhere, startSectionRig } from './section-rig.ts';

let rig: SectionRig;
beforeAll(async () => {
  rig = await startSectionRig();
});
afterAll(() => rig?.close());

const signIn = (username: string, password: string) => signInElsewhere(rig.server.baseUrl, username, password);

test.each(looks)('axe finds nothing: %s', async (_, look) => {
  const page = await rig.open('account', look);
  await page.getByRole('main').getByRole('list').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await load(page, `${rig.server.baseUrl}/console/account/two-step`);
  await page.getByRole('dialog').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
});

const { password } = administrator;
const codeOf = (secret: string, inMilliseconds = 0) =>
  new TOTP({ secret }).generate({ timestamp: Date.now() + inMilliseconds });

test('two steps are offered, set up with the keyboard, and turned off', async () => {
  const page = await rig.open('account');
  await page.getByRole('button', { name: /^Signed in as ada/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByLabel('Username').fill(administrator.username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Protect your sign-in' }).waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  // The focus is on the heading; the offer is turned down or taken up from there.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');

  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Current password').fill('not this one');
  await page.keyboard.press('Enter');
  await dialog.getByText('The password is wrong.').waitFor();
  await dialog.getByLabel('Current password').fill(password);
  await page.keyboard.press('Enter');
  await dialog.getByRole('img', { name: /^QR code/ }).waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  const uri = await scanQrCode(page);
  expect(uri).toMatch(/^otpauth:\/\/totp\/Sesame/);
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  expect(await dialog.getByText(secret).count()).toBe(1);
  await expect
    .poll(() => dialog.getByLabel('Code', { exact: true }).evaluate((it) => it === document.activeElement))
    .toBe(true);
  await page.keyboard.type(codeOf(secret, 3_600_000));
  await page.keyboard.press('Enter');
  await dialog.getByText(/^The code is wrong/).waitFor();
  await dialog.getByLabel('Code', { exact: true }).fill(codeOf(secret));
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Your recovery codes' }).waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  const recoveryCodes = (await dialog.locator('code').first().innerText()).trim().split('\n');
  expect(recoveryCodes).toHaveLength(10);
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('10 recovery codes are left.').waitFor();

  await page.getByRole('link', { name: 'Turn two-step sign-in off' }).click();
  await dialog.getByLabel('Current password').fill(password);
  await dialog.getByLabel('Code', { exact: true }).fill(recoveryCodes[0] ?? '');
  await page.keyboard.press('Enter');
  await page.getByText('Two-step sign-in is off.').waitFor();
  await page.getByRole('link', { name: 'Set up two-step sign-in' }).waitFor();
  expect(await signIn(administrator.username, password)).toBe(204);
});

test('two steps are asked for where a session ends and on the sign-in page, and done without the phone', async () => {
  const page = await rig.open('account');
  const api = async (path: string, data: object) => {
    const headers = { 'x-sesame-console': '1' };
    const reply = await page.request.post(`${rig.server.baseUrl}/api/console/${path}`, { data, headers });
    expect(reply.ok(), await reply.text()).toBe(true);
    return reply;
  };
  const { secret } = await (await api('two-step', { currentPassword: password })).json();
  const { recoveryCodes } = await (await api('two-step/confirm', { code: codeOf(secret) })).json();
  await page.getByText('This browser').waitFor();

  // A session that ends asks for both steps, and goes on where it was.
  await endSessionAt(page, '**/api/audit-log**');
  await page.getByRole('link', { name: 'Audit log' }).click();
  const again = page.getByRole('dialog', { name: 'Sign in to go on' });
  await again.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await again.getByLabel('Code', { exact: true }).waitFor();
  await expect
    .poll(() => again.getByLabel('Code', { exact: true }).evaluate((it) => it === document.activeElement))
    .toBe(true);
  // The next code, which a phone whose clock is ahead shows already: the first one is used up.
  const next = codeOf(secret, 30_000);
  await page.keyboard.type(next);
  await page.keyboard.press('Enter');
  await page.getByText('ada turned two-step sign-in on').first().waitFor();

  // The sign-in page, with a recovery code.
  await page.getByRole('button', { name: /^Signed in as ada/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByLabel('Username').fill(administrator.username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.getByLabel('Code', { exact: true }).fill(next);
  await page.keyboard.press('Enter');
  await page.getByText(/^The code is wrong, or was used already/).waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await page.getByLabel('Code', { exact: true }).fill(recoveryCodes[0] ?? '');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Your account' }).click();
  await page.getByText('9 recovery codes are left.').waitFor();

  await page.getByRole('link', { name: 'Make new recovery codes' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Current password').fill(password);
  await dialog.getByLabel('Code', { exact: true }).fill(recoveryCodes[1] ?? '');
  expect(await axeProblemsOf(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Your recovery codes' }).waitFor();
  const [renewed = ''] = (await dialog.locator('code').first().innerText()).trim().split('\n');
  await dialog.getByRole('button', { name: 'I have kept them' }).click();
  await api('two-step/turn-off', { currentPassword: password, code: renewed });
});

test('ends a session elsewhere, and changes the password', async () => {
  expect(await signIn(administrator.username, administrator.password)).toBe(204);
  const page = await rig.open('account');
  await page.getByText('This browser').waitFor();
  const ends = page.getByRole('button', { name: /^End session since / });
  const before = await ends.count();
  await ends.first().click();
  await page.getByText('The session has ended.').waitFor();
  await expect.poll(() => ends.count()).toBe(before - 1);

  for (let other = 0; other < 2; other += 1) {
    expect(await signIn(administrator.username, administrator.password)).toBe(204);
  }
  await page.reload();
  await page.getByRole('button', { name: 'End all other sessions' }).press('Enter');
  await page.getByText('All other sessions have ended.').waitFor();
  await expect.poll(() => ends.count()).toBe(0);
  await page.getByText('This browser').waitFor();

  await page.getByRole('link', { name: 'Change password' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Current password').fill('not this one');
  await dialog.getByLabel('New password').fill('another long phrase');
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await dialog.getByText('The password is wrong.').waitFor();
  await dialog.getByLabel('Current password').fill(administrator.password);
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('Your password was changed.').waitFor();
  expect(await signIn(administrator.username, 'another long phrase')).toBe(204);
});
