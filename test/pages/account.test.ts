import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatRecipient } from '../../packages/pages/src/phone-number.ts';
import { translator } from '../../packages/pages/src/translations/translate.ts';
import { noReferrer, noReferrerOfOldBrowser, type ProxyChanges } from '../setup/proxy.ts';
import { type Look, type PagesRig, type PlainVisitor, publicUrl, startPagesRig, type Visitor } from './pages-rig.ts';
import { newPhone, type PlainSteps, plainStepsOf, type Steps, stepsOf } from './steps.ts';

const looks: [string, Look, ProxyChanges][] = [
  ['in English, through a proxy that tells no referrers', {}, noReferrer],
  [
    'in Chinese without script, 320 pixels wide, through a proxy that tells no referrers, in an old browser',
    { language: 'zh-CN', hasScript: false, width: 320 },
    noReferrerOfOldBrowser,
  ],
];
const password = 'tall trees in the wind';
/** Sent without script by other tests. */
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

  test('adds another number, makes it the main one, and removes the one before', async () => {
    const [first, second] = [newPhone(), newPhone()];
    await rig.server.management.patch('/account-center', { otherRecipients: 1 });
    const { page, t, see, fill, press, giveNumber, answer, user, close } = await newVisitor({ primaryPhone: first });
    await page.getByRole('link', { name: t('account.addPhone') }).click();
    await see('verify.title');
    await fill('field.password', password);
    await press('verify.submit');
    await see('phone.linkTitle');
    await giveNumber(second);
    await answer(second);
    await see('account.title');
    expect(await page.getByRole('status').innerText()).toBe(t('account.notice.phone-linked'));
    expect(await user()).toMatchObject({ primaryPhone: first, otherPhones: [second] });
    // There may be one.
    expect(await page.getByRole('link', { name: t('account.addPhone') }).count()).toBe(0);
    const doTo = (text: 'account.makePrimary' | 'account.remove', phone: string) =>
      page.getByRole('link', { name: `${t(text)}: ${formatRecipient(phone)}` }).click();
    await doTo('account.makePrimary', second);
    await see('account.makePrimary');
    await press('account.makePrimary');
    await see('account.title');
    expect(await page.getByRole('status').innerText()).toBe(t('account.notice.phone-changed'));
    expect(await user()).toMatchObject({ primaryPhone: second, otherPhones: [first] });
    await doTo('account.remove', first);
    await see('phone.removeTitle', { phone: formatRecipient(first) });
    await press('phone.removeSubmit');
    await see('account.title');
    expect(await page.getByRole('status').innerText()).toBe(t('account.notice.phone-removed'));
    expect((await user()).otherPhones).toBeUndefined();
    await close();
  });

  once(look)('shows the browser, ends another session, and its own', async () => {
    const { page, t, see, press, username, close } = await newVisitor();
    expect(await page.locator('main').innerText()).toContain('Chrome');
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

/** What is said and decided is the same in a browser, with script and without. */
describe('the account page, to somebody without a browser', () => {
  let rig: PagesRig;
  beforeAll(async () => {
    rig = await startPagesRig();
  });
  afterAll(() => rig.close());

  async function signInPlainly(visitor: PlainVisitor, username: string): Promise<PlainSteps> {
    const steps = plainStepsOf(rig, visitor, 'en');
    const { see, fill, press } = steps;
    await visitor.page.go(`${publicUrl}/account`);
    await press('signIn.withPassword');
    await fill('field.phoneOrUsername', username);
    await fill('field.password', password);
    await press('signIn.submit');
    await see('account.title');
    return steps;
  }

  async function newVisitor(fields: { primaryPhone?: string | null; name?: string } = {}) {
    const username = `person_${newPhone().slice(-4)}`;
    const { id } = await rig.server.services.users.create({ username, password, ...fields });
    const visitor = rig.newPlainVisitor('en');
    const steps = await signInPlainly(visitor, username);
    return { ...visitor, ...steps, username, user: () => rig.server.services.users.get(id) };
  }

  test('shows who is signed in', async () => {
    const phone = newPhone();
    const { page, t, username } = await newVisitor({ primaryPhone: phone, name: 'Ada <b>' });
    const text = page.main();
    for (const shown of [
      'Ada <b>',
      username,
      formatRecipient(phone),
      t('account.passwordSet'),
      t('account.thisBrowser'),
    ]) {
      expect(text).toContain(shown);
    }
  });

  test('is in the language that its address asks for, and stays in it', async () => {
    const { page } = await newVisitor();
    await page.go(`${publicUrl}/account?ui_locales=zh-CN`);
    await page.follow(translator({ language: 'zh-CN' })('account.changePassword'));
    expect([page.heading(), page.language()]).toEqual([translator({ language: 'zh-CN' })('verify.title'), 'zh-CN']);
  });

  test('changes the number, with a code to the one before', async () => {
    const [from, to] = [newPhone(), newPhone()];
    const { page, t, see, follow, press, giveNumber, answer, user } = await newVisitor({ primaryPhone: from });
    await follow('account.changePhone');
    await see('verify.title');
    await press('verify.sendCode', { phone: formatRecipient(from) });
    await see('code.title');
    await answer(from);
    await see('phone.linkTitle');
    await giveNumber(to);
    await answer(to);
    await see('account.title');
    expect(page.texts('status').join()).toBe(t('account.notice.phone-changed'));
    expect((await user()).primaryPhone).toBe(to);
  });

  test('says only after the code was right that a number belongs to somebody else', async () => {
    const phone = newPhone();
    await rig.server.services.users.create({ primaryPhone: phone });
    const { see, follow, fill, press, giveNumber, answer, readProblem, user } = await newVisitor();
    await follow('account.addPhone');
    await fill('field.password', password);
    await press('verify.submit');
    await see('phone.linkTitle');
    await giveNumber(phone);
    await answer(phone);
    await see('phone.linkTitle');
    await readProblem('problem.phone-taken');
    expect((await user()).primaryPhone).toBeNull();
  });

  test('removes the number', async () => {
    const phone = newPhone();
    const { page, t, see, follow, fill, press, user } = await newVisitor({ primaryPhone: phone });
    await follow('account.removePhone');
    await see('verify.title');
    await fill('field.password', password);
    await press('verify.submit');
    await see('phone.removeTitle', { phone: formatRecipient(phone) });
    await press('phone.removeSubmit');
    await see('account.title');
    expect(page.texts('status').join()).toBe(t('account.notice.phone-removed'));
    expect((await user()).primaryPhone).toBeNull();
  });

  test('shows who it is before another number is removed, and comes back to that', async () => {
    const [first, second] = [newPhone(), newPhone()];
    const { page, t, see, press, answer, user } = await newVisitor({ primaryPhone: first });
    const { id, otherPhones } = await user();
    expect(otherPhones).toBeUndefined();
    const other = await rig.server.services.users.others.add({ userId: id, kind: 'phone' }, second);
    // Users may add none here.
    await page.go(`${publicUrl}/account/phone/other`);
    await see('account.title');
    await page.go(`${publicUrl}/account/phone/other/remove?other=${other.id}`);
    await see('verify.title');
    await press('verify.sendCode', { phone: formatRecipient(first) });
    await answer(first);
    await see('phone.removeTitle', { phone: formatRecipient(second) });
    await press('phone.removeSubmit');
    await see('account.title');
    expect(page.texts('status').join()).toBe(t('account.notice.phone-removed'));
    expect((await user()).otherPhones).toBeUndefined();
    await page.go(`${publicUrl}/account/phone/other/main?other=${other.id}`);
    await see('account.title');
  });

  test('changes the password, and ends the other sessions', async () => {
    const { page, t, see, follow, fill, press, readProblem, username } = await newVisitor();
    const other = rig.newPlainVisitor('en');
    await signInPlainly(other, username);
    await follow('account.changePassword');
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
    expect(page.texts('status').join()).toBe(t('account.notice.password-changed'));
    await other.page.reload();
    expect(other.page.heading()).toBe(t('signIn.title'));
  });
});
