import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { strangerFrom } from '../setup/clients.ts';
import { type Look, type PagesRig, publicUrl, startPagesRig, type Visitor } from './pages-rig.ts';
import { newPhone, type Steps, stepsOf } from './steps.ts';

const looks: [string, Look][] = [
  ['in English', {}],
  ['in Chinese without script', { language: 'zh-CN', hasScript: false }],
];

/** What the server decides is the same without script, and its words are in every language. */
const once = (look: Look) => test.runIf(look.hasScript !== false);

// Clocks and connectors do not come back, so each has a server of its own.
describe.each(looks)('what goes wrong is said in words, %s', (_, look) => {
  let rig: PagesRig;
  beforeAll(async () => {
    rig = await startPagesRig();
  });
  afterAll(() => rig.close());
  async function visit(does: (steps: Steps, visitor: Visitor) => Promise<void>, parameters?: Record<string, string>) {
    const visitor = await rig.newVisitor(look);
    await visitor.start(parameters);
    await does(stepsOf(rig, visitor, look), visitor);
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  }

  once(look)('a user who was suspended meanwhile', async () => {
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
    visit(async ({ see, fill, press, readProblem, isFocused }, { page, context }) => {
      await see('signIn.title');
      await fill('field.phone', '12');
      await press('continue');
      await readProblem('problem.phone-invalid');
      await see('signIn.title');
      expect(await page.locator('#phone').inputValue()).toBe('12');
      if (look.hasScript !== false) expect(await isFocused('field.phone')).toBe(true);
      expect((await context.cookies()).filter(({ name }) => name === 'sesame_form_sign-in')).toHaveLength(1);
    }));

  once(look)('a number that no message reaches', () =>
    visit(async ({ see, fill, press, readProblem }) => {
      await see('signIn.title');
      await fill('field.phone', '+1 900 555 1234');
      await press('continue');
      await readProblem('problem.phone-without-sms');
    }),
  );

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

  once(look)('too many wrong passwords', async () => {
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

  once(look)('a proof that is too old', async () => {
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

  once(look)('a sign-in that took too long', () =>
    visit(async ({ see, fill, press }) => {
      await see('signIn.title');
      rig.server.advance(61 * 60_000);
      await fill('field.phone', newPhone());
      await press('continue');
      await see('message.flow-over.title');
    }),
  );

  once(look)('a request of the application that cannot be followed', async () => {
    const visitor = await rig.newVisitor(look);
    await visitor.page.goto(`${publicUrl}/oidc/auth?client_id=nobody&response_type=code`);
    await stepsOf(rig, visitor, look).see('message.application-error.title');
    expect(await visitor.page.locator('.details').innerText()).toContain('invalid_client');
    await visitor.close();
  });

  test('signing out is asked for, and done', async () => {
    const phone = newPhone();
    await visit(async ({ giveNumber, answer, press, see }, visitor) => {
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

  once(look)('no connector, in the end', async () => {
    await rig.server.services.connectors.endDevelopmentInbox();
    await visit(async ({ see, fill, press, readProblem }) => {
      await see('signIn.title');
      await fill('field.phone', newPhone());
      await press('continue');
      await readProblem('problem.sending-broken');
    });
  });
});
