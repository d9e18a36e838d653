import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatRecipient } from '../../packages/pages/src/phone-number.ts';
import { noReferrer, noReferrerOfOldBrowser, type ProxyChanges } from '../setup/proxy.ts';
import { type Look, type PagesRig, publicUrl, startPagesRig, type Visitor } from './pages-rig.ts';
import { newPhone, type Steps, stepsOf } from './steps.ts';

const looks: [string, Look, ProxyChanges][] = [
  ['in English, through a proxy that tells no referrers', {}, noReferrer],
  [
    'in Chinese without script, 320 pixels wide, through a proxy that tells no referrers, in an old browser',
    { language: 'zh-CN', hasScript: false, width: 320 },
    noReferrerOfOldBrowser,
  ],
];
const password = 'tall trees in the wind';
/** What is said and decided is the same without script, where one walk and other tests send each kind of form. */
const once = (look: Look) => test.runIf(look.hasScript !== false);

describe.each(looks)('the account page, %s', (_, look, proxy) => {
  let rig: PagesRig;
  beforeAll(async () => {
    rig = await startPagesRig({}, proxy);
  });
  afterAll(() => rig.close());

  async function signIn(visitor: Visitor, username: string): Promise<Steps> {
    const steps = stepsOf(rig, visitor, look);
    const { see, fill, press } = steps;
    await visitor.page.goto(`${publicUrl}/account`);
    await see('signIn.title');
    await press('signIn.withPassword');
    await fill('field.phoneOrUsername', username);
    await fill('field.password', password);
    await press('signIn.submit');
    await see('account.title');
    expect(visitor.page.url()).toBe(`${publicUrl}/account`);
    return steps;
  }

  /** Somebody who has signed in for the account page. */
  async function newVisitor(fields: { primaryPhone?: string | null; name?: string } = {}) {
    const username = `person_${newPhone().slice(-4)}`;
    const { id } = await rig.server.services.users.create({ username, password, ...fields });
    const visitor = await rig.newVisitor(look);
    const steps = await signIn(visitor, username);
    const close = async () => {
      expect(visitor.complaints).toEqual([]);
      await visitor.close();
    };
    return { ...visitor, ...steps, username, user: () => rig.server.services.users.get(id), close };
  }

  once(look)('shows who is signed in', async () => {
    const phone = newPhone();
    const { page, t, username, close } = await newVisitor({ primaryPhone: phone, name: 'Ada <b>' });
    const text = await page.locator('main').innerText();
    for (const shown of [
      'Ada <b>',
      username,
      formatRecipient(phone),
      t('account.passwordSet'),
      t('account.thisBrowser'),
    ]) {
      expect(text).toContain(shown);
    }
    expect(text).toContain('Chrome');
    await close();
  });

  once(look)('is in the language that its address asks for, and stays in it', async () => {
    const { page, close } = await newVisitor();
    const wanted = look.language === 'zh-CN' ? 'en' : 'zh-CN';
    await page.goto(`${publicUrl}/account?ui_locales=${wanted}`);
    await page.locator('.actions a').last().click();
    await page.locator('#password').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(wanted);
    await close();
  });

  test('links a number: first it is shown who it is, then the new number', async () => {
    const phone = newPhone();
    const { page, t, see, follow, fill, press, reload, giveNumber, answer, readProblem, user, close } =
      await newVisitor();
    await page.getByRole('link', { name: t('account.addPhone') }).click();
    await see('verify.title');
    await fill('field.password', 'not the password');
    await press('verify.submit');
    await readProblem('problem.password-wrong');
    await reload('verify.title');
    await fill('field.password', password);
    await press('verify.submit');
    await see('phone.linkTitle');
    await reload('phone.linkTitle');
    await giveNumber(phone);
    await reload('code.title');
    await follow('code.changeNumber');
    await see('phone.linkTitle');
    await page.goBack();
    await see('code.title');
    await answer(phone);
    await see('account.title');
    expect(await page.getByRole('status').innerText()).toBe(t('account.notice.phone-linked'));
    expect((await user()).primaryPhone).toBe(phone);
    await close();
  });

  once(look)('changes the number, with a code to the one before', async () => {
    const [from, to] = [newPhone(), newPhone()];
    const { page, t, see, press, giveNumber, answer, user, close } = await newVisitor({ primaryPhone: from });
    await page.getByRole('link', { name: t('account.changePhone') }).click();
    await see('verify.title');
    await press('verify.sendCode', { phone: formatRecipient(from) });
    await see('code.title');
    await answer(from);
    await see('phone.linkTitle');
    await giveNumber(to);
    await answer(to);
    await see('account.title');
    expect(await page.getByRole('status').innerText()).toBe(t('account.notice.phone-changed'));
    expect((await user()).primaryPhone).toBe(to);
    await close();
  });

  once(look)('says only after the code was right that a number belongs to somebody else', async () => {
    const phone = newPhone();
    await rig.server.services.users.create({ primaryPhone: phone });
    const { page, t, see, fill, press, giveNumber, answer, readProblem, user, close } = await newVisitor();
    await page.getByRole('link', { name: t('account.addPhone') }).click();
    await fill('field.password', password);
    await press('verify.submit');
    await see('phone.linkTitle');
    await giveNumber(phone);
    await answer(phone);
    await see('phone.linkTitle');
    await readProblem('problem.phone-taken');
    expect((await user()).primaryPhone).toBeNull();
    await close();
  });

  once(look)('removes the number', async () => {
    const phone = newPhone();
    const { page, t, see, fill, press, user, close } = await newVisitor({ primaryPhone: phone });
    await page.getByRole('link', { name: t('account.removePhone') }).click();
    await see('verify.title');
    await fill('field.password', password);
    await press('verify.submit');
    await see('phone.removeTitle', { phone: formatRecipient(phone) });
    await press('phone.removeSubmit');
    await see('account.title');
    expect(await page.getByRole('status').innerText()).toBe(t('account.notice.phone-removed'));
    expect((await user()).primaryPhone).toBeNull();
    await close();
  });

  once(look)('changes the password, and ends the other sessions', async () => {
    const { page, t, see, fill, press, readProblem, username, close } = await newVisitor();
    const other = await rig.newVisitor(look);
    await signIn(other, username);
    await page.getByRole('link', { name: t('account.changePassword') }).click();
    await see('verify.title');
    await fill('field.password', password);
    await press('verify.submit');
    await see('password.changeTitle');
    await fill('field.newPassword', '12345678');
    await press('password.submit');
    await readProblem('problem.password.restricted.sequence');
    await fill('field.newPassword', 'short grass in the sun');
    await press('password.submit');
    await see('account.title');
    expect(await page.getByRole('status').innerText()).toBe(t('account.notice.password-changed'));
    await other.page.reload();
    await stepsOf(rig, other, look).see('signIn.title');
    await other.close();
    await close();
  });

  once(look)('ends another session, and its own', async () => {
    const { page, t, see, press, username, close } = await newVisitor();
    const other = await rig.newVisitor(look);
    await signIn(other, username);
    await page.reload();
    await page
      .getByRole('button', { name: t('account.endSession') })
      .first()
      .click();
    expect(await page.getByRole('status').innerText()).toBe(t('account.notice.session-ended'));
    await other.page.reload();
    await stepsOf(rig, other, look).see('signIn.title');
    await press('account.signOut');
    await see('message.signed-out.title');
    await page.goto(`${publicUrl}/account`);
    await see('signIn.title');
    await other.close();
    await close();
  });
});
