import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PagesRig, publicUrl, startPagesRig } from './pages-rig.ts';
import { newPhone, stepsOf } from './steps.ts';

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

test('two tabs with one sign-in agree on the code', async () => {
  const phone = newPhone();
  const visitor = await rig.newVisitor();
  const { see, giveNumber, answer, press } = stepsOf(rig, visitor);
  await visitor.start();
  await giveNumber(phone);
  const second = await visitor.context.newPage();
  await second.goto(visitor.page.url());
  await stepsOf(rig, { page: second }).see('code.title');
  await answer(phone);
  await see('offer.createTitle');
  await second.reload();
  await stepsOf(rig, { page: second }).see('offer.createTitle');
  await press('offer.createSubmit');
  expect((await visitor.tokens()).claims()).toMatchObject({ phone_number: phone });
  await second.getByRole('button').click();
  await stepsOf(rig, { page: second }).see('message.flow-over.title');
  await visitor.close();
});

test('another number in another tab does not get in the way', async () => {
  const [one, other] = [newPhone(), newPhone()];
  const visitor = await rig.newVisitor();
  const { giveNumber, answer, see } = stepsOf(rig, visitor);
  await visitor.start();
  const second = await visitor.context.newPage();
  await second.goto(visitor.page.url());
  await giveNumber(one);
  await stepsOf(rig, { page: second }).giveNumber(other);
  await answer(one);
  await see('offer.createTitle');
  expect(await visitor.page.locator('main').innerText()).toContain(one.slice(-4));
  await visitor.close();
});

test('another browser cannot go on with a sign-in', async () => {
  const phone = newPhone();
  const [visitor, thief] = [await rig.newVisitor(), await rig.newVisitor()];
  await visitor.start();
  await stepsOf(rig, visitor).giveNumber(phone);
  await thief.page.goto(visitor.page.url());
  await stepsOf(rig, thief).see('message.flow-over.title');
  await visitor.close();
  await thief.close();
});

test('a session that is signed in already goes on without a page', async () => {
  const phone = newPhone();
  const visitor = await rig.newVisitor();
  const { giveNumber, answer, press, see } = stepsOf(rig, visitor);
  await visitor.start();
  await giveNumber(phone);
  await answer(phone);
  await see('offer.createTitle');
  await press('offer.createSubmit');
  const first = (await visitor.tokens()).claims();
  await visitor.start();
  expect((await visitor.tokens()).claims()?.sub).toBe(first?.sub);
  await visitor.page.goto(`${publicUrl}/account`);
  await see('account.title');
  await visitor.close();
});
