import { afterAll, beforeAll, expect, test } from 'vitest';
import { strangerFrom } from '../setup/clients.ts';
import { noReferrerOfOldBrowser } from '../setup/proxy.ts';
import { type PagesRig, type PlainVisitor, publicUrl, startPagesRig, type Visitor } from './pages-rig.ts';
import { newPhone, type PlainSteps, plainStepsOf, type Steps, stepsOf } from './steps.ts';

let rig: PagesRig;
beforeAll(async () => {
  rig = await startPagesRig({}, noReferrerOfOldBrowser);
});
afterAll(() => rig.close());

/** What the server decides is the same with script, and its words are in every language. */
async function visit(
  does: (steps: PlainSteps, visitor: PlainVisitor) => Promise<void>,
  language: 'en' | 'zh-CN' = 'zh-CN',
) {
  const visitor = rig.newPlainVisitor(language);
  await visitor.start();
  await does(plainStepsOf(rig, visitor, language), visitor);
}

async function browse(does: (steps: Steps, visitor: Visitor) => Promise<void>) {
  const visitor = await rig.newVisitor();
  await visitor.start();
  await does(stepsOf(rig, visitor), visitor);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
}

test('a user who was suspended meanwhile', async () => {
  const phone = newPhone();
  const { users } = rig.server.services;
  const { id } = await users.create({ primaryPhone: phone });
  await visit(async ({ giveNumber, answer, see }) => {
    await giveNumber(phone);
    await users.setSuspended(id, true);
    await answer(phone);
    await see('message.suspended.title');
  });
});

test('a number that cannot be one', () =>
  browse(async ({ see, fill, press, readProblem, isFocused }, { page, context }) => {
    await see('signIn.title');
    await fill('field.phone', '12');
    await press('continue');
    await readProblem('problem.phone-invalid');
    await see('signIn.title');
    expect(await page.locator('#phone').inputValue()).toBe('12');
    expect(await isFocused('field.phone')).toBe(true);
    expect((await context.cookies()).filter(({ name }) => name === 'sesame_form_sign-in')).toHaveLength(1);
  }));

test('a number that no message reaches', () =>
  visit(async ({ see, fill, press, readProblem }) => {
    await see('signIn.title');
    await fill('field.phone', '+1 900 555 1234');
    await press('continue');
    await readProblem('problem.phone-without-sms');
  }));

test('too many messages', async () => {
  await rig.change({ messageRateLimitPolicy: { maxSendsPerRecipient: 1, resendInterval: 0 } });
  const phone = newPhone();
  await visit(async ({ giveNumber, follow, see, fill, press, readProblem }) => {
    await giveNumber(phone);
    await press('code.resend');
    await readProblem('problem.too-many-messages');
    await see('code.title');
    await follow('code.changeNumber');
    await see('signIn.title');
    await fill('field.phone', phone);
    await press('continue');
    expect(await readProblem('problem.too-many-messages')).toMatch(/10/);
  });
  await rig.change({ messageRateLimitPolicy: { maxSendsPerRecipient: 10, resendInterval: 30 } });
});

test('too many wrong passwords', async () => {
  const username = `person_${newPhone().slice(-4)}`;
  await rig.server.services.users.create({ username, password: 'tall trees in the wind' });
  for (let count = 0; count < 20; count += 1) {
    const typed = { password: 'wrong', client: strangerFrom('192.0.2.7') };
    await rig.server.services.users.findByPassword({ username }, typed).catch(() => undefined);
  }
  await visit(async ({ fill, press, readProblem }) => {
    await press('signIn.withPassword');
    await fill('field.phoneOrUsername', username);
    await fill('field.password', 'tall trees in the wind');
    await press('signIn.submit');
    await readProblem('problem.too-many-attempts');
  });
});

test('a proof that is too old', async () => {
  const phone = newPhone();
  await visit(async ({ giveNumber, answer, see, press, readProblem }) => {
    await giveNumber(phone);
    await answer(phone);
    await see('offer.createTitle');
    rig.server.advance(11 * 60_000);
    await press('offer.createSubmit');
    await see('signIn.title');
    await readProblem('problem.code-not-found');
  });
});

test('a sign-in that took too long', () =>
  visit(async ({ see, fill, press }) => {
    await see('signIn.title');
    rig.server.advance(61 * 60_000);
    await fill('field.phone', newPhone());
    await press('continue');
    await see('message.flow-over.title');
  }));

test('a request of the application that cannot be followed', async () => {
  const { page } = rig.newPlainVisitor('en');
  await page.go(`${publicUrl}/oidc/auth?client_id=nobody&response_type=code`);
  await plainStepsOf(rig, { page }, 'en').see('message.application-error.title');
  expect(page.main()).toContain('invalid_client');
});

test('signing out is asked for, and done', async () => {
  const phone = newPhone();
  await browse(async ({ giveNumber, answer, press, see }, visitor) => {
    await giveNumber(phone);
    await answer(phone);
    await see('offer.createTitle');
    await press('offer.createSubmit');
    await visitor.tokens();
    await visitor.page.goto(`${publicUrl}/oidc/session/end`);
    await see('signOut.title');
    await press('signOut.yes');
    await see('message.signed-out.title');
    await visitor.page.goto(`${publicUrl}/account`);
    await see('signIn.title');
  });
});

test('no connector, in the end', async () => {
  await rig.server.services.connectors.endDevelopmentInbox();
  await visit(async ({ see, fill, press, readProblem }) => {
    await see('signIn.title');
    await fill('field.phone', newPhone());
    await press('continue');
    await readProblem('problem.sending-broken');
  });
});
