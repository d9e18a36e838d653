import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PagesRig, publicUrl, startPagesRig } from './pages-rig.ts';
import { newPhone, plainStepsOf, stepsOf } from './steps.ts';

let rig: PagesRig;
beforeAll(async () => {
  rig = await startPagesRig();
});
afterAll(() => rig.close());

test('two tabs sign two people in', async () => {
  const [one, other] = [newPhone(), newPhone()];
  const visitor = await rig.newVisitor();
  const tab = { ...visitor, page: await visitor.context.newPage() };
  const [inOne, inOther] = [stepsOf(rig, visitor), stepsOf(rig, tab)];
  await visitor.start({ prompt: 'create' });
  await tab.start({ prompt: 'create' }, tab.page);
  await inOne.giveNumber(one);
  await inOther.giveNumber(other);
  await inOther.answer(other);
  expect((await visitor.tokens(tab.page)).claims()).toMatchObject({ phone_number: other });
  await inOne.answer(one);
  expect((await visitor.tokens()).claims()).toMatchObject({ phone_number: one });
  await visitor.close();
});

// What a server decides is the same without script, and needs no browser.

test('two tabs with one sign-in agree on the code', async () => {
  const phone = newPhone();
  const visitor = rig.newPlainVisitor('en');
  const { see, giveNumber, answer, press } = plainStepsOf(rig, visitor, 'en');
  await visitor.start();
  await giveNumber(phone);
  const second = visitor.newTab();
  const inSecond = plainStepsOf(rig, { page: second }, 'en');
  await second.go(visitor.page.url());
  await inSecond.see('code.title');
  await answer(phone);
  await see('offer.createTitle');
  await second.reload();
  await inSecond.see('offer.createTitle');
  await press('offer.createSubmit');
  expect((await visitor.tokens()).claims()).toMatchObject({ phone_number: phone });
  await inSecond.press('offer.createSubmit');
  await inSecond.see('message.flow-over.title');
  await inSecond.follow('account.title');
  await inSecond.see('account.title');
});

test('a tab that still asks for a code leads on once another one has signed up with it', async () => {
  const phone = newPhone();
  const visitor = rig.newPlainVisitor('en');
  const { giveNumber, answer } = plainStepsOf(rig, visitor, 'en');
  const second = visitor.newTab();
  const inSecond = plainStepsOf(rig, { page: second }, 'en');
  const signUp = async () => {
    await visitor.start({ prompt: 'create' });
    await giveNumber(phone);
    await second.go(visitor.page.url());
    await inSecond.see('code.title');
  };
  await signUp();
  await answer(phone);
  await visitor.tokens();
  await inSecond.answer(phone);
  await inSecond.see('message.flow-over.title');
  await inSecond.follow('account.title');
  await inSecond.see('account.title');

  const unknownSessionRedirectUrl = `${publicUrl}/account`;
  await rig.change({ unknownSessionRedirectUrl });
  const stranger = rig.newPlainVisitor('en');
  const inOther = plainStepsOf(rig, stranger, 'en');
  await stranger.start({ prompt: 'create' });
  rig.server.advance(2 * 60 * 60_000);
  await inOther.fill('field.phone', newPhone());
  await inOther.press('continue');
  await inOther.see('message.flow-over.title');
  await inOther.follow('continue');
  await inOther.see('signIn.title');
  await rig.change({ unknownSessionRedirectUrl: null });
});

test('another number in another tab does not get in the way', async () => {
  const [one, other] = [newPhone(), newPhone()];
  const visitor = rig.newPlainVisitor('en');
  const { giveNumber, answer, see } = plainStepsOf(rig, visitor, 'en');
  await visitor.start();
  const second = visitor.newTab();
  await second.go(visitor.page.url());
  await giveNumber(one);
  await plainStepsOf(rig, { page: second }, 'en').giveNumber(other);
  await answer(one);
  await see('offer.createTitle');
  expect(visitor.page.main()).toContain(one.slice(-4));
});

test('another browser cannot go on with a sign-in', async () => {
  const [visitor, thief] = [rig.newPlainVisitor('en'), rig.newPlainVisitor('en')];
  await visitor.start();
  await plainStepsOf(rig, visitor, 'en').giveNumber(newPhone());
  await thief.page.go(visitor.page.url());
  await plainStepsOf(rig, thief, 'en').see('message.flow-over.title');
});

test('a session that is signed in already goes on without a page', async () => {
  const phone = newPhone();
  const visitor = rig.newPlainVisitor('en');
  const { giveNumber, answer, press, see } = plainStepsOf(rig, visitor, 'en');
  await visitor.start();
  await giveNumber(phone);
  await answer(phone);
  await see('offer.createTitle');
  await press('offer.createSubmit');
  const first = (await visitor.tokens()).claims();
  await visitor.start();
  expect((await visitor.tokens()).claims()?.sub).toBe(first?.sub);
  await visitor.page.go(`${publicUrl}/account`);
  await see('account.title');
});
