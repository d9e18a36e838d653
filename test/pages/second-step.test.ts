import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Mfa } from '../../packages/server/src/experience/second-factors.ts';
import { type Mails, startMails } from '../setup/mails.ts';
import { noReferrerOfOldBrowser } from '../setup/proxy.ts';
import { type Look, type PagesRig, publicUrl, startPagesRig } from './pages-rig.ts';
import { byUsername, password } from './people.ts';
import { newPhone, plainStepsOf, stepsOf } from './steps.ts';

const other = 'low bushes in the rain';
const mfa: Mfa = { policy: 'Mandatory', factors: ['PhoneVerificationCode', 'EmailVerificationCode'] };
const policy = {
  ...byUsername,
  forgotPasswordMethods: ['EmailVerificationCode' as const],
  mfa,
};

let rig: PagesRig;
let mails: Mails;
beforeAll(async () => {
  mails = await startMails();
  rig = await startPagesRig(mails.env, noReferrerOfOldBrowser);
  await mails.setUp(rig.server);
});
afterAll(async () => {
  await rig.close();
  await mails.close();
});

let people = 0;
let username: string;
let phone: string;
let address: string;
beforeEach(async () => {
  people += 1;
  [username, phone, address] = [`ada_${people}`, newPhone(), `ada.${people}@example.com`];
  await rig.change(policy);
});
const newUser = (fields: object = {}) => rig.server.services.users.create({ username, password, ...fields });
const masked = () => ({ phone: `+1 ••• ${phone.slice(-2)}`, email: 'a•••@example.com' });

const looks: [string, Look][] = [
  ['in English', {}],
  ['in Chinese without script, 380 pixels wide', { language: 'zh-CN', hasScript: false, width: 380 }],
];

test.each(looks)('a code comes after the password, or another one elsewhere, %s', async (_, look) => {
  const { id } = await newUser({ primaryPhone: phone, primaryEmail: address });
  const { page, start, tokens, complaints, close, ...visitor } = await rig.newVisitor(look);
  const { see, fill, press, reload, typeCode } = stepsOf(rig, { ...visitor, page }, look);
  await start();
  await fill('field.username', username);
  await fill('field.password', password);
  await press('signIn.submit');
  await see('verify.title');
  await reload('verify.title');
  expect(await rig.countMessages(phone)).toBe(0);
  await press('verify.sendCode', { phone: masked().phone });
  await see('code.title');
  expect(await rig.countMessages(phone)).toBe(1);
  await press('code.sendInstead', { recipient: masked().email });
  await page.getByText(masked().email).first().waitFor();
  expect(await page.content()).not.toContain(address);
  await typeCode(await mails.codeTo(address));
  expect((await tokens()).claims()).toMatchObject({ sub: id });
  expect(complaints).toEqual([]);
  await close();
});

async function newPlainPerson() {
  const visitor = rig.newPlainVisitor('en');
  await visitor.start();
  const steps = plainStepsOf(rig, visitor, 'en');
  return {
    ...visitor,
    ...steps,
    async signIn(text = password) {
      await steps.fill('field.username', username);
      await steps.fill('field.password', text);
      await steps.press('signIn.submit');
    },
  };
}

test('a wrong code is said to be one, another is sent, and whoever comes back too soon still has the one before', async () => {
  const { id } = await newUser({ primaryPhone: phone });
  const { page, see, press, follow, signIn, typeCode, answer, readProblem, tokens, start } = await newPlainPerson();
  await signIn();
  await press('verify.sendCode', { phone: masked().phone });
  await see('code.title');
  expect(page.main()).not.toContain('example.com');
  const code = await rig.codeFor(phone);
  await typeCode(code === '000000' ? '000001' : '000000');
  await readProblem('problem.code-wrong');
  await press('code.resend');
  await readProblem('problem.resend-too-soon');
  await page.go(page.url().href.replace('/code', ''));
  await press('verify.sendCode', { phone: masked().phone });
  await see('code.title');
  expect(await rig.countMessages(phone)).toBe(1);
  // Another sign-in has none yet.
  await start();
  await signIn();
  await press('verify.sendCode', { phone: masked().phone });
  await readProblem('problem.resend-too-soon');
  await follow('forgot.back');
  await signIn();
  rig.server.advance(31_000);
  await press('verify.sendCode', { phone: masked().phone });
  await see('code.title');
  await answer(phone);
  expect((await tokens()).claims()).toMatchObject({ sub: id });
});

test('whoever has nothing for it gives a number, at a sign-in and at a sign-up', async () => {
  const { id } = await newUser();
  const taken = newPhone();
  await rig.server.services.users.create({ primaryPhone: taken });
  await rig.change({ mfa: { ...mfa, factors: ['PhoneVerificationCode'] } });
  const { see, fill, press, follow, signIn, answer, readProblem, tokens, start, page, t } = await newPlainPerson();
  await signIn();
  await see('account.addPhone');
  expect(page.main()).toContain(t('second.link'));
  await fill('field.phone', taken);
  await press('continue');
  await see('code.title');
  await answer(taken);
  await see('account.addPhone');
  await readProblem('problem.phone-taken');
  await fill('field.phone', '12');
  await press('continue');
  await readProblem('problem.phone-invalid');
  await fill('field.phone', phone);
  await press('continue');
  await see('code.title');
  await follow('code.changeNumber');
  await see('account.addPhone');
  rig.server.advance(31_000);
  await fill('field.phone', phone);
  await press('continue');
  await answer(phone);
  expect((await tokens()).claims()).toMatchObject({ sub: id });
  expect(await rig.server.services.users.get(id)).toMatchObject({ primaryPhone: phone });

  const [name, number] = [`new_${username}`, newPhone()];
  await start({ prompt: 'create' });
  await see('register.title');
  await fill('field.username', name);
  await fill('field.password', password);
  await press('register.submit');
  await see('account.addPhone');
  await fill('field.phone', number);
  await press('continue');
  await answer(number);
  const made = (await tokens()).claims();
  expect(await rig.server.services.users.find({ phone: number })).toMatchObject({ id: made?.sub, username: name });
});

test('after a forgotten password the code goes to what did not replace it, where that is there', async () => {
  const { id } = await newUser({ primaryPhone: phone, primaryEmail: address });
  await rig.change({ mfa: { ...mfa, factors: ['PhoneVerificationCode'] } });
  const { see, fill, press, typeCode, answer, tokens } = await newPlainPerson();
  await press('signIn.forgot');
  await fill('field.email', address);
  await press('continue');
  await typeCode(await mails.codeTo(address));
  await see('forgot.newTitle');
  await fill('field.newPassword', other);
  await press('password.submit');
  await see('forgot.doneTitle');
  await press('forgot.signInNow');
  await see('verify.title');
  await press('verify.sendCode', { phone: masked().phone });
  await answer(phone);
  expect((await tokens()).claims()).toMatchObject({ sub: id });
});

test('the pages lead on where it is no longer asked for, and back where it is not known who it is', async () => {
  const { id } = await newUser({ primaryPhone: phone });
  const { page, see, press, signIn, tokens, start } = await newPlainPerson();
  const below = (path: string) => page.go(`${page.url().pathname.replace(/\/[^?]*/, path)}${page.url().search}`);
  for (const path of ['/sign-in/second-step', '/sign-in/second-step/add', '/sign-in/second-step/code']) {
    await below(path);
    await see('signIn.title');
  }
  await signIn();
  await see('verify.title');
  await rig.change({ mfa: { ...mfa, factors: [] } });
  await press('verify.sendCode', { phone: masked().phone });
  expect((await tokens()).claims()).toMatchObject({ sub: id });
  expect(await rig.countMessages(phone)).toBe(0);

  await rig.change({ mfa });
  await start({ prompt: 'login' });
  await signIn();
  await see('verify.title');
  rig.server.advance(11 * 60_000);
  await press('verify.sendCode', { phone: masked().phone });
  await see('signIn.title');
});

test('whoever may do without switches it off on the account page, and on again', async () => {
  await newUser({ primaryPhone: phone });
  const { page, see, press, follow, fill, signIn, answer, t } = await newPlainPerson();
  const said = () => page.texts('status').join();
  await page.go(`${publicUrl}/account`);
  await signIn();
  await press('verify.sendCode', { phone: masked().phone });
  await answer(phone);
  await see('account.title');
  expect(page.main()).not.toContain(t('account.secondStep'));
  await rig.change({ mfa: { ...mfa, policy: 'NoPrompt' } });
  await page.reload();
  expect(page.main()).toContain(t('account.secondStepOn'));
  await follow('account.changeSecondStep');
  await see('verify.title');
  await fill('field.password', password);
  await press('verify.submit');
  await see('account.secondStep');
  expect(page.main()).toContain(t('second.offHint'));
  await press('second.switchOff');
  expect(said()).toBe(t('account.notice.second-step-off'));
  expect(page.main()).toContain(t('account.secondStepOff'));
  await press('account.signOut');
  await page.go(`${publicUrl}/account`);
  await signIn();
  await see('account.title');
  await follow('account.changeSecondStep');
  await fill('field.password', password);
  await press('verify.submit');
  await press('second.switchOn');
  expect(said()).toBe(t('account.notice.second-step-on'));
});

test('a number that another page masks is masked here, too, and nothing is sent to it', async () => {
  await rig.change({ ...policy, forgotPasswordMethods: ['PhoneVerificationCode', 'EmailVerificationCode'] });
  await newUser({ primaryPhone: phone, primaryEmail: address });
  const { page, signIn, press, answer, fill, see, tokens, start } = await newPlainPerson();
  await signIn();
  await press('verify.sendCode', { phone: masked().phone });
  await answer(phone);
  await tokens();
  rig.server.advance(61_000);
  // The browser is known, and may have the code sent elsewhere, to what it is not told.
  await start({ prompt: 'login' });
  await press('signIn.forgot');
  await fill('field.phoneOrEmail', address);
  await press('continue');
  await press('code.sendInstead', { recipient: masked().phone });
  await see('code.title');
  const { search } = page.url();
  await page.go(`/sign-in/second-step/code${search}`);
  expect(page.url().pathname).toBe('/sign-in/password');
  expect(page.main()).not.toContain(phone.slice(-7, -2));
});

const withBackupCodes: Mfa = { policy: 'Mandatory', factors: ['PhoneVerificationCode', 'BackupCode'] };

test.each(looks)('backup codes are shown once, kept, and stand in for the phone, %s', async (_, look) => {
  const { id } = await newUser({ primaryPhone: phone });
  await rig.change({ mfa: withBackupCodes });
  const { page, start, tokens, complaints, close, ...visitor } = await rig.newVisitor(look);
  const { see, fill, press, follow, readProblem, answer, t } = stepsOf(rig, { ...visitor, page }, look);
  const signIn = async () => {
    await fill('field.username', username);
    await fill('field.password', password);
    await press('signIn.submit');
    await see('verify.title');
  };
  const shown = () => page.locator('.codes li').allInnerTexts();
  await start();
  await signIn();
  await press('verify.sendCode', { phone: masked().phone });
  await see('code.title');
  await answer(phone);
  await see('backup.title');
  const first = await shown();
  await page.reload();
  await see('backup.title');
  const codes = await shown();
  expect(new Set([...first, ...codes]).size).toBe(20);
  const link = page.getByRole('link', { name: t('backup.download') });
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(file.suggestedFilename()).toBe('backup-codes.txt');
  expect(await readFile(await file.path(), 'utf8')).toContain(codes.join('\n'));
  expect(await page.getByRole('button', { name: t('backup.copy') }).isVisible()).toBe(look.hasScript !== false);
  await press('backup.kept');
  expect((await tokens()).claims()).toMatchObject({ sub: id });

  await start({ prompt: 'login' });
  await signIn();
  await follow('backup.use');
  await see('backup.useTitle');
  await fill('backup.label', first[0] ?? '');
  await press('code.submit');
  await readProblem('problem.backup-wrong');
  await fill('backup.label', codes[0] ?? '');
  await press('code.submit');
  expect((await tokens()).claims()).toMatchObject({ sub: id });
  expect(await rig.server.services.backupCodes.left(id)).toBe(9);
  expect(complaints).toEqual([]);
  await close();
});

test('codes that two windows show at once count where they are kept first, which the other says', async () => {
  const { id } = await newUser({ primaryPhone: phone });
  await rig.change({ mfa: withBackupCodes });
  const { backupCodes } = rig.server.services;
  const people = [await newPlainPerson(), await newPlainPerson()];
  for (const { start, signIn, press, answer, see } of people) {
    await start();
    await signIn();
    await press('verify.sendCode', { phone: masked().phone });
    await answer(phone);
    await see('backup.title');
    rig.server.advance(31_000);
  }
  const [first, second] = people;
  await first?.press('backup.kept');
  expect((await first?.tokens())?.claims()).toMatchObject({ sub: id });
  const kept = (await backupCodes.find(id))?.id;
  await second?.press('backup.kept');
  expect(second?.page.main()).toContain(second?.t('backup.there'));
  await second?.page.reload();
  expect(second?.page.main()).toContain(second?.t('backup.there'));
  await second?.press('continue');
  expect((await second?.tokens())?.claims()).toMatchObject({ sub: id });
  expect(await backupCodes.find(id)).toMatchObject({ id: kept, left: 10 });
});

test('new ones are had on the account page after a fresh proof, which says when few are left', async () => {
  const { id } = await newUser({ primaryPhone: phone });
  await rig.change({ mfa: { ...withBackupCodes, policy: 'NoPrompt' } });
  const { page, see, press, follow, fill, signIn, readProblem, t } = await newPlainPerson();
  const { backupCodes } = rig.server.services;
  const kept = backupCodes.generate();
  await backupCodes.set(id, backupCodes.digestsOf(kept, id), {});
  const left = (count: number) => t('account.backupCodesLeft', { count });
  await page.go(`${publicUrl}/account`);
  await signIn();
  await press('verify.sendCode', { phone: masked().phone });
  await follow('backup.use');
  await fill('backup.label', kept[0] ?? '');
  await press('code.submit');
  await see('account.title');
  expect(page.main()).toContain(left(9));
  expect(page.main()).not.toContain(t('account.backupCodesFew'));
  for (const typed of kept.slice(1, 8)) {
    expect(await backupCodes.use(id, { typed, usedBy: typed }, [])).toBe(true);
  }
  await page.reload();
  expect(page.main()).toContain(left(2));
  expect(page.main()).toContain(t('account.backupCodesFew'));
  await follow('account.changeBackupCodes');
  await see('verify.title');
  await fill('field.password', password);
  await press('verify.submit');
  await see('backup.title');
  expect(page.main()).toContain(t('backup.replaces'));
  expect(await backupCodes.left(id)).toBe(2);
  // What an administrator ends meanwhile takes those with it that were shown.
  await backupCodes.end(id, (await backupCodes.find(id))?.id ?? '');
  await press('backup.kept');
  await readProblem('problem.backup-over');
  expect(page.main()).not.toContain(t('backup.replaces'));
  // Whoever takes long to keep them shows again who it is, and gets others.
  rig.server.advance(11 * 60_000);
  await press('backup.kept');
  await see('verify.title');
  expect(page.main()).toContain(t('verify.change-backup-codes'));
  await fill('field.password', password);
  await press('verify.submit');
  await readProblem('problem.backup-over');
  await press('backup.kept');
  expect(page.texts('status').join()).toBe(t('account.notice.backup-codes-kept'));
  expect(page.main()).toContain(left(10));
  expect(await backupCodes.use(id, { typed: kept[9] ?? '', usedBy: 'old' }, [])).toBe(false);

  // Where the last is used up and some have to be there, new ones are shown at once.
  await rig.change({ mfa: withBackupCodes });
  const last = backupCodes.generate();
  await backupCodes.set(id, backupCodes.digestsOf(last, id), {});
  for (const typed of last.slice(1)) await backupCodes.use(id, { typed, usedBy: typed }, []);
  await press('account.signOut');
  await page.go(`${publicUrl}/account`);
  await signIn();
  await follow('backup.use');
  await fill('backup.label', last[0] ?? '');
  await press('code.submit');
  await see('backup.title');
  await press('backup.kept');
  await see('account.title');
  expect(page.main()).toContain(left(10));
  expect(await rig.countMessages(phone)).toBe(1);
});
