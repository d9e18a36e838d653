import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatRecipient } from '../../packages/pages/src/phone-number.ts';
import { strangerFrom } from '../setup/clients.ts';
import { noReferrer } from '../setup/proxy.ts';
import { type Look, type PagesRig, type PlainVisitor, startPagesRig, type Visitor } from './pages-rig.ts';
import { newPhone, type PlainSteps, plainStepsOf, type Steps, stepsOf } from './steps.ts';

/** Both languages, with and without script: these have nothing to do with each other. */
const looks: [string, Look][] = [
  ['in English', {}],
  [
    'in Chinese without script, in the dark, 380 pixels wide',
    { language: 'zh-CN', hasScript: false, width: 380, colorScheme: 'dark' },
  ],
];
const password = 'tall trees in the wind';
let rig: PagesRig;
beforeAll(async () => {
  rig = await startPagesRig({}, noReferrer);
});
afterAll(() => rig.close());

async function browse(
  look: Look,
  parameters: Record<string, string>,
  does: (steps: Steps, visitor: Visitor) => Promise<void>,
) {
  const visitor = await rig.newVisitor(look);
  await visitor.start(parameters);
  await does(stepsOf(rig, visitor, look), visitor);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
}

/** To somebody in China without script, and without the browser. */
async function visit(
  parameters: Record<string, string>,
  does: (steps: PlainSteps, visitor: PlainVisitor) => Promise<void>,
) {
  const visitor = rig.newPlainVisitor('zh-CN');
  await visitor.start(parameters);
  await does(plainStepsOf(rig, visitor, 'zh-CN'), visitor);
}

const newUser = (fields: { username?: string; password?: string }, phone = newPhone()) =>
  rig.server.services.users.create({ primaryPhone: phone, ...fields }).then(({ id }) => ({ id, phone }));

/** The way back is the browser’s. */
describe.each(looks)('through a proxy that tells no referrers, %s', (_, look) => {
  test('a code signs in, and so it does again after going back', async () => {
    const { id, phone } = await newUser({});
    await browse(look, {}, async ({ see, reload, giveNumber, follow, answer }, { page, tokens }) => {
      await see('signIn.title');
      await reload('signIn.title');
      await giveNumber(phone);
      await page.goBack();
      await see('signIn.title');
      await page.goForward();
      await see('code.title');
      await follow('code.changeNumber');
      await see('signIn.title');
      await giveNumber(phone);
      await answer(phone);
      expect((await tokens()).claims()?.sub).toBe(id);
      expect(await rig.countMessages(phone)).toBe(1);
      await page.goBack();
      await see('message.flow-over.title');
    });
  });

  test('going back never ends nowhere', async () => {
    await rig.change({ messageRateLimitPolicy: { resendInterval: 0 } });
    await browse(look, { first_screen: 'reset_password' }, async ({ see, giveNumber, answer }, { page }) => {
      const { phone } = await newUser({ password });
      await see('forgot.title');
      await giveNumber(phone);
      await answer(phone);
      await see('forgot.newTitle');
      await page.goBack();
      await see('forgot.newTitle');
      await page.goBack();
      await see('forgot.title');
      await giveNumber(phone);
      await page.goBack();
      await see('forgot.title');
      await page.goForward();
      await see('code.title');
    });
    await rig.change({ messageRateLimitPolicy: { resendInterval: 30 } });
  });
});

test('in English with script, a number and a code make an account', () =>
  browse({}, { prompt: 'create' }, async ({ see, giveNumber, answer }, { tokens }) => {
    const phone = newPhone();
    await see('register.title');
    await giveNumber(phone);
    await answer(phone);
    expect((await tokens()).claims()).toMatchObject({ phone_number: phone, phone_number_verified: true });
    expect(await rig.countMessages(phone)).toBe(1);
  }));

test('a number and a code make an account; each page stays when it is loaded again', () =>
  visit({ prompt: 'create' }, async ({ see, reload, giveNumber, answer }, visitor) => {
    const phone = newPhone();
    await see('register.title');
    await reload('register.title');
    await giveNumber(phone);
    await reload('code.title');
    await answer(phone);
    const claims = (await visitor.tokens()).claims();
    expect(claims).toMatchObject({ phone_number: phone, phone_number_verified: true });
    expect(await rig.countMessages(phone)).toBe(1);
  }));

test('a new account is asked for the username and the password that the policy wants', async () => {
  await rig.change({ signUp: { identifiers: ['phone', 'username'], password: true } });
  await visit({ prompt: 'create' }, async ({ see, reload, fill, press, giveNumber, answer, readProblem }, visitor) => {
    const phone = newPhone();
    const username = `ada_${phone.slice(-4)}`;
    await newUser({ username: `${username}_taken` });
    await see('register.title');
    await giveNumber(phone);
    await answer(phone);
    await see('register.profileTitle');
    await reload('register.profileTitle');
    await fill('field.username', `${username}_taken`);
    await fill('field.password', password);
    await press('register.submit');
    await readProblem('problem.username-taken');
    await fill('field.username', username);
    await fill('field.password', 'password');
    await press('register.submit');
    await readProblem('problem.password.pwned');
    await fill('field.password', password);
    await press('register.submit');
    expect((await visitor.tokens()).claims()).toMatchObject({ phone_number: phone, username });
  });
  await rig.change({ signUp: { identifiers: ['phone'], password: false } });
});

test.each(['phone', 'username'] as const)('a password signs in, with the %s', async (identifier) => {
  const username = `person_${newPhone().slice(-4)}`;
  const { id, phone } = await newUser({ username, password });
  await visit({}, async ({ see, reload, fill, press, readProblem }, { tokens }) => {
    await press('signIn.withPassword');
    await see('signIn.title');
    await fill('field.phoneOrUsername', identifier === 'phone' ? formatRecipient(phone) : username);
    await fill('field.password', 'not the password');
    await press('signIn.submit');
    await readProblem('problem.credentials-wrong');
    await reload('signIn.title');
    await fill('field.password', password);
    await press('signIn.submit');
    expect((await tokens()).claims()?.sub).toBe(id);
  });
});

test('after the code was right, a number without an account is offered one', () =>
  visit({}, async ({ see, reload, giveNumber, answer, press }, { tokens }) => {
    const phone = newPhone();
    await see('signIn.title');
    await giveNumber(phone);
    await answer(phone);
    await see('offer.createTitle');
    await reload('offer.createTitle');
    await press('offer.createSubmit');
    expect((await tokens()).claims()).toMatchObject({ phone_number: phone });
  }));

test('after the code was right, a number with an account is offered to sign in', async () => {
  const { id, phone } = await newUser({});
  await visit({ prompt: 'create' }, async ({ see, reload, giveNumber, answer, press }, { tokens, page }) => {
    await see('register.title');
    await giveNumber(phone);
    await answer(phone);
    await see('offer.signInTitle');
    expect(page.main()).toContain(formatRecipient(phone));
    await reload('offer.signInTitle');
    await press('offer.signInSubmit');
    expect((await tokens()).claims()?.sub).toBe(id);
  });
});

test('a number with an account is led to its password where codes do not sign in', async () => {
  const method = { identifier: 'phone', password: true, isPasswordPrimary: true } as const;
  await rig.change({ signIn: { methods: [{ ...method, verificationCode: false }] } });
  const { id, phone } = await newUser({ password });
  await visit({ prompt: 'create' }, async ({ see, giveNumber, answer, press, fill, fieldOf }, { tokens }) => {
    await giveNumber(phone);
    await answer(phone);
    await see('offer.signInTitle');
    await press('offer.signInSubmit');
    await see('signIn.title');
    expect(fieldOf('field.phone').value).not.toBe('');
    await fill('field.password', password);
    await press('signIn.submit');
    expect((await tokens()).claims()?.sub).toBe(id);
  });
  const byName = {
    identifier: 'username',
    password: true,
    verificationCode: false,
    isPasswordPrimary: true,
  } as const;
  const byPhone = { ...method, verificationCode: true, isPasswordPrimary: false };
  await rig.change({ signIn: { methods: [byPhone, byName] } });
});

test('a forgotten password is replaced, and signs in at once', async () => {
  const username = `person_${newPhone().slice(-4)}`;
  const { id, phone } = await newUser({ username, password });
  const fresh = 'short grass in the sun';
  await visit({}, async ({ see, reload, giveNumber, answer, fill, press, readProblem }, { tokens }) => {
    await press('signIn.withPassword');
    await press('signIn.forgot');
    await see('forgot.title');
    await giveNumber(phone);
    await reload('code.title');
    await answer(phone);
    await see('forgot.newTitle');
    await reload('forgot.newTitle');
    await fill('field.newPassword', password);
    await press('password.submit');
    await readProblem('problem.password-same');
    await fill('field.newPassword', fresh);
    await press('password.submit');
    await see('forgot.doneTitle');
    await reload('forgot.doneTitle');
    await press('forgot.signInNow');
    expect((await tokens()).claims()?.sub).toBe(id);
  });
  const typed = { password: fresh, client: strangerFrom('192.0.2.1') };
  expect(await rig.server.services.users.findByPassword({ username }, typed)).toMatchObject({ id });
});

test('a number without an account looks the same where a password was forgotten', () =>
  visit({ first_screen: 'reset_password' }, async ({ see, giveNumber, typeCode, readProblem }) => {
    await see('forgot.title');
    await giveNumber(newPhone());
    await typeCode('000000');
    expect(await readProblem('problem.code-wrong')).toContain('9');
  }));
