import { beforeEach, expect, test } from 'vitest';
import type { Mfa } from '../../packages/server/src/experience/second-factors.ts';
import { scanQrCode } from '../setup/scan-qr-code.ts';
import { rfcSecret } from '../setup/totp.ts';
import { type Look, publicUrl } from './pages-rig.ts';
import { password, usePeople } from './people.ts';
import { stepsOf } from './steps.ts';

const stepMs = 30_000;

const rig = usePeople({ branding: { name: 'Cave & Sons' }, mfa: { policy: 'Mandatory', factors: ['Totp'] } });
// A code is good for as long as a test takes, on a machine of any speed.
beforeEach(() => rig.server.stopClock());
const policy = (...factors: Mfa['factors']) => rig.change({ mfa: { policy: 'Mandatory', factors } });
const { newUser, shownBy } = rig;
const own = (id: string) => rig.server.services.authenticators.find(id);
async function newOwner(fields: object = {}) {
  const user = await newUser(fields);
  await rig.giveApp(user.id);
  return user;
}
const otherThan = (code: string) => (code === '000000' ? '000001' : '000000');

const looks: [string, Look][] = [
  ['in English', {}],
  ['in Hebrew without script, 380 pixels wide', { language: 'he', hasScript: false, width: 380 }],
];

test.each(looks)(
  'an app is set up with the QR code at the end of a sign-in, and asked for afterwards, %s',
  async (_, look) => {
    const { id } = await newUser();
    const { page, start, tokens, complaints, close, ...visitor } = await rig.newVisitor(look);
    const { see, reload, typeCode, readProblem, ...steps } = stepsOf(rig, { ...visitor, page }, look);
    const signIn = () => rig.signIn(steps);
    await start();
    await signIn();
    await see('account.addAuthenticator');
    const uri = new URL(look.hasScript === false ? await hrefOf() : await scanQrCode(page));
    const key = (await page.locator('.key').innerText()).replaceAll(' ', '');
    expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
      'otpauth:',
      'totp',
      `/Cave & Sons:${rig.username}`,
    ]);
    expect(Object.fromEntries(uri.searchParams)).toMatchObject({ secret: key, issuer: 'Cave & Sons', digits: '6' });
    // Loaded again, and after a wrong code, it is the same: the phone has it already.
    await reload('account.addAuthenticator');
    await typeCode(otherThan(shownBy(key)));
    await readProblem('problem.code-not-of-app');
    expect((await page.locator('.key').innerText()).replaceAll(' ', '')).toBe(key);
    expect(await own(id)).toBeUndefined();
    const used = shownBy(key);
    await typeCode(used);
    expect((await tokens()).claims()).toMatchObject({ sub: id });
    expect(await own(id)).toMatchObject({ lastUsedAt: null });

    await start({ prompt: 'login' });
    await signIn();
    await see('code.title');
    expect(await page.content()).not.toContain(key);
    await typeCode(used);
    await readProblem('problem.code-not-of-app');
    rig.server.advance(stepMs);
    await typeCode(shownBy(key));
    expect((await tokens()).claims()).toMatchObject({ sub: id });
    expect(complaints).toEqual([]);
    await close();

    async function hrefOf() {
      return (await page.locator('a[href^="otpauth:"]').getAttribute('href')) ?? '';
    }
  },
);

async function newPlainPerson() {
  const person = rig.newPlainPerson();
  await person.start();
  return person;
}

test('one may have a code sent instead, whichever comes first, and use a backup code', async () => {
  const { id } = await newOwner({ primaryPhone: rig.phone });
  await policy('Totp', 'PhoneVerificationCode', 'BackupCode');
  const { backupCodes } = rig.server.services;
  const codes = backupCodes.generate();
  await backupCodes.set(id, backupCodes.digestsOf(codes, id), {});
  const { see, press, follow, signIn, fill, answer, typeCode, tokens, start, t, page } = await newPlainPerson();
  const masked = { phone: rig.maskedPhone() };
  await signIn();
  await see('code.title');
  expect(page.main()).toContain(t('authenticator.useHint'));
  await follow('authenticator.sendInstead');
  await see('verify.title');
  await follow('authenticator.use');
  await follow('authenticator.sendInstead');
  await press('verify.sendCode', masked);
  await see('code.title');
  await answer(rig.phone);
  expect((await tokens()).claims()).toMatchObject({ sub: id });

  await start({ prompt: 'login' });
  await signIn();
  await follow('backup.use');
  await fill('backup.label', codes[0] ?? '');
  await press('code.submit');
  expect((await tokens()).claims()).toMatchObject({ sub: id });

  await policy('PhoneVerificationCode', 'Totp');
  rig.server.advance(61_000);
  await start({ prompt: 'login' });
  await signIn();
  await see('verify.title');
  await press('verify.sendCode', masked);
  await follow('authenticator.use');
  await typeCode(shownBy(rfcSecret));
  expect((await tokens()).claims()).toMatchObject({ sub: id });
});

test('whoever has neither chooses, at a sign-up as at a sign-in, and gets backup codes after it', async () => {
  await policy('PhoneVerificationCode', 'Totp', 'BackupCode');
  const { see, press, follow, fill, typeCode, tokens, start, page, t } = await newPlainPerson();
  await start({ prompt: 'create' });
  await see('register.title');
  await fill('field.username', rig.username);
  await fill('field.password', password);
  await press('register.submit');
  await see('account.addPhone');
  await follow('account.addAuthenticator');
  await see('account.addAuthenticator');
  await follow('authenticator.sendInstead');
  await see('account.addPhone');
  await follow('account.addAuthenticator');
  const key = keyIn(page.main());
  await typeCode('12');
  expect(page.texts('alert').join()).toContain(t('problem.code-not-of-app'));
  await typeCode(shownBy(key));
  await see('backup.title');
  await press('backup.kept');
  const { sub = '' } = (await tokens()).claims() ?? {};
  expect(await own(sub)).toBeDefined();
  expect(await rig.server.services.backupCodes.left(sub)).toBe(10);
  expect(await rig.countMessages(rig.phone)).toBe(0);
});

test('the pages lead on where nothing is asked for, and back where it is not known who it is', async () => {
  const { id } = await newOwner();
  const { page, see, signIn, typeCode, tokens, start } = await newPlainPerson();
  const below = (path: string) => page.go(`${page.url().pathname.replace(/\/[^?]*/, path)}${page.url().search}`);
  for (const path of ['/sign-in/second-step/authenticator', '/sign-in/second-step/authenticator/add']) {
    await below(path);
    await see('signIn.title');
  }
  await signIn();
  await see('code.title');
  // Whoever has one sets no other one up here.
  await below('/sign-in/second-step/authenticator/add');
  await see('code.title');
  await below('/sign-in/second-step');
  await see('code.title');
  rig.server.advance(11 * 60_000);
  await typeCode(shownBy(rfcSecret));
  await see('signIn.title');
  await signIn();
  await typeCode(shownBy(rfcSecret));
  expect((await tokens()).claims()).toMatchObject({ sub: id });

  await start({ prompt: 'login' });
  await signIn();
  await see('code.title');
  await rig.change({ mfa: { policy: 'Mandatory', factors: [] } });
  await below('/sign-in/second-step/authenticator');
  await see('signIn.title');
});

test('one is added, replaced and removed on the account page, each after a fresh proof', async () => {
  const { id } = await newUser();
  await rig.change({ mfa: { policy: 'NoPrompt', factors: ['Totp'] } });
  const { page, newTab, see, press, follow, fill, signIn, typeCode, readProblem, t } = await newPlainPerson();
  const said = () => page.texts('status').join();
  const prove = async () => {
    await see('verify.title');
    await fill('field.password', password);
    await press('verify.submit');
  };
  await page.go(`${publicUrl}/account`);
  await signIn();
  await see('account.title');
  expect(page.main()).toContain(t('account.authenticator'));
  expect(page.main()).not.toContain(t('account.remove'));
  await follow('account.addAuthenticator');
  expect(page.main()).toContain(t('verify.change-authenticator'));
  await prove();
  await see('account.addAuthenticator');
  const first = keyIn(page.main());
  await typeCode(otherThan(shownBy(first)));
  await readProblem('problem.code-not-of-app');
  expect(keyIn(page.main())).toBe(first);
  const tab = newTab();
  await tab.go(page.url().href);
  await typeCode(shownBy(first));
  expect(said()).toBe(t('account.notice.authenticator-added'));
  // Sent again, as by a double click, it is done already.
  tab.fill(t('code.label'), shownBy(first));
  await tab.press(t('code.submit'));
  expect(tab.texts('status').join()).toBe(t('account.notice.authenticator-added'));
  expect(page.main()).toContain(t('account.secondStepOn'));
  const added = await own(id);

  await follow('account.changeAuthenticator');
  await see('account.changeAuthenticator');
  expect(page.main()).toContain(t('authenticator.replaces'));
  const second = keyIn(page.main());
  expect(second).not.toBe(first);
  expect((await own(id))?.id).toBe(added?.id);
  await typeCode(shownBy(second));
  expect(said()).toBe(t('account.notice.authenticator-changed'));
  expect((await own(id))?.id).not.toBe(added?.id);

  rig.server.advance(11 * 60_000);
  await follow('account.removeAuthenticator');
  expect(page.main()).toContain(t('verify.remove-authenticator'));
  await prove();
  await see('account.removeAuthenticator');
  await press('account.remove');
  expect(said()).toBe(t('account.notice.authenticator-removed'));
  expect(await own(id)).toBeUndefined();
  expect(page.main()).not.toContain(t('account.secondStepOn'));

  // What an administrator takes away meanwhile, and what users may only see.
  await follow('account.addAuthenticator');
  const third = keyIn(page.main());
  await rig.giveApp(id);
  await typeCode(shownBy(third));
  await readProblem('problem.code-not-found');
  await rig.server.services.accountCenter.change({ fields: { mfa: 'ReadOnly' } });
  await page.go('/account');
  expect(page.main()).toContain(t('account.authenticator'));
  expect(page.main()).not.toContain(t('account.changeAuthenticator'));
  await rig.server.services.accountCenter.change({ fields: { mfa: 'Edit' } });
});

test('one whose form is sent twice at the same moment is added once, and both answers say so', async () => {
  const { id } = await newUser();
  await rig.change({ mfa: { policy: 'NoPrompt', factors: ['Totp'] } });
  const { page, see, press, follow, fill, signIn, typeCode, t } = await newPlainPerson();
  await page.go(`${publicUrl}/account`);
  await signIn();
  await follow('account.addAuthenticator');
  await fill('field.password', password);
  await press('verify.submit');
  await see('account.addAuthenticator');
  const { authenticators } = rig.server.services.account;
  const { keep } = authenticators;
  let kept = 0;
  authenticators.keep = async (...given) => {
    await keep(...given);
    kept += 1;
    return keep(...given);
  };
  await typeCode(shownBy(keyIn(page.main())));
  authenticators.keep = keep;
  expect([kept, page.texts('status').join()]).toEqual([1, t('account.notice.authenticator-added')]);
  expect(await own(id)).toBeDefined();
});

const keyIn = (text: string) =>
  /(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}/.exec(text)?.[0].replaceAll(' ', '') ?? expect.fail(text);
