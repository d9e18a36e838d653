import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { formatRecipient } from '../../packages/pages/src/phone-number.ts';
import { maskRecipient } from '../../packages/server/src/sign-in/user-recipients.ts';
import { type Mails, startMails } from '../setup/mails.ts';
import { noReferrer } from '../setup/proxy.ts';
import { type Look, type PagesRig, publicUrl, startPagesRig } from './pages-rig.ts';
import { newPhone, plainStepsOf, stepsOf } from './steps.ts';

const looks: [string, Look][] = [
  ['in English', {}],
  [
    'in Chinese without script, 380 pixels wide, in the dark',
    { language: 'zh-CN', hasScript: false, width: 380, colorScheme: 'dark' },
  ],
];
const [password, other] = ['tall trees in the wind', 'low bushes in the rain'];
const byEither = { password: true, verificationCode: true, isPasswordPrimary: false };
const policy = {
  signUp: { identifiers: ['email' as const, 'phone' as const], password: false, verify: true },
  signIn: {
    methods: [
      { identifier: 'phone' as const, ...byEither },
      { identifier: 'email' as const, ...byEither },
      { identifier: 'username' as const, password: true, verificationCode: false, isPasswordPrimary: true },
    ],
  },
  forgotPasswordMethods: ['PhoneVerificationCode' as const, 'EmailVerificationCode' as const],
};
const scope = 'openid profile email phone';
/** The same forms without script are sent by the first test and those of numbers. */
const once = (look: Look) => test.runIf(look.hasScript !== false);

let people = 0;
const newAddress = () => {
  people += 1;
  return `Ada.${people}@example.com`;
};

let rig: PagesRig;
let mails: Mails;
const factories = { phone: 'http-sms', email: 'http-email' } as const;
/** Until `revive`, which is done at the end of the test at the latest, nothing can be sent by this channel. */
async function breakDown(type: keyof typeof factories): Promise<void> {
  onTestFinished(revive);
  await rig.server.services.connectors.setUp(factories[type], { endpoint: 'http://127.0.0.1:1/nobody-listens' });
}
async function revive(): Promise<void> {
  await rig.server.services.connectors.setUp('development-inbox', {});
  await mails.setUp(rig.server);
}
beforeAll(async () => {
  mails = await startMails();
  rig = await startPagesRig(mails.env, noReferrer);
  await mails.setUp(rig.server);
  await rig.change(policy);
});
afterAll(async () => {
  await rig.close();
  await mails.close();
});

describe.each(looks)('addresses and numbers in one field, %s', (_, look) => {
  /** A person with a window of their own, who comes from the application. */
  async function newPerson(parameters: Record<string, string> = {}) {
    const visitor = await rig.newVisitor(look);
    await visitor.start({ scope, ...parameters });
    const steps = stepsOf(rig, visitor, look);
    const give = async (to: string, field: 'field.phoneOrEmailOrUsername' | 'field.phoneOrEmail') => {
      await steps.fill(field, to);
      await steps.press('continue');
    };
    const close = async () => {
      expect(visitor.complaints).toEqual([]);
      await visitor.close();
    };
    return { ...visitor, ...steps, give, close, main: () => visitor.page.locator('main').innerText() };
  }

  test('an address makes an account, signs in in any spelling, and gets a forgotten password replaced', async () => {
    const address = newAddress();
    const { page, see, press, give, fill, typeCode, main, t, start, tokens, readProblem, close } = await newPerson();
    await see('signIn.title');
    await give('ada@nowhere', 'field.phoneOrEmailOrUsername');
    await readProblem('problem.email-incomplete');
    await give(address, 'field.phoneOrEmailOrUsername');
    await see('code.title');
    expect(await main()).toContain(t('code.sentByEmail', { email: address, count: 6 }));
    expect(await main()).toContain(t('code.lookInSpam'));
    await typeCode(await mails.codeTo(address));
    await see('offer.createTitle');
    expect(await main()).toContain(t('offer.create', { phone: address }));
    await press('offer.createSubmit');
    const made = (await tokens()).claims();
    expect(made).toMatchObject({ email: address, email_verified: true });

    const hinted = address.replace('Ada', 'ADA');
    await start({ scope, prompt: 'login', login_hint: hinted });
    await see('signIn.title');
    expect(await page.getByLabel(t('field.phoneOrEmailOrUsername')).inputValue()).toBe(hinted);
    await press('signIn.withPassword');
    await press('signIn.forgot');
    await see('forgot.title');
    expect(await page.getByLabel(t('field.phoneOrEmail')).inputValue()).toBe(hinted);
    await give(address, 'field.phoneOrEmail');
    await see('code.title');
    expect(await main()).toContain(t('code.sentByEmailIfKnown', { email: address, count: 6 }));
    await typeCode(await mails.codeTo(address, 2));
    await see('forgot.newTitle');
    await fill('field.newPassword', password);
    await press('password.submit');
    await see('forgot.doneTitle');
    await press('forgot.signInNow');
    expect((await tokens()).claims()).toMatchObject({ sub: made?.sub });

    await start({ scope, prompt: 'login' });
    await press('signIn.withPassword');
    await fill('field.phoneOrEmailOrUsername', address.toLowerCase());
    await fill('field.password', password);
    await press('signIn.submit');
    expect((await tokens()).claims()).toMatchObject({ sub: made?.sub });
    await close();
  });

  once(look)(
    'a code that does not come is sent elsewhere: to what a known browser’s account has, and to no stranger',
    async () => {
      const [phone, address] = [newPhone(), newAddress()];
      const { id } = await rig.server.services.users.create({ primaryPhone: phone, primaryEmail: address });
      const { see, give, answer, start, tokens, main, page, t, typeCode, close } = await newPerson();
      const masked = address.replace(/^A[^@]*/, 'A•••');
      const instead = page.getByRole('button', { name: t('code.sendInstead', { recipient: masked }) });
      await give(phone, 'field.phoneOrEmailOrUsername');
      await see('code.title');
      expect(await instead.count()).toBe(0);
      expect(await main()).not.toContain('example.com');
      await answer(phone);
      await tokens();
      rig.server.advance(60_000);
      await start({ scope, prompt: 'login' });
      await give(phone, 'field.phoneOrEmailOrUsername');
      await see('code.title');
      await instead.click();
      await page.getByText(masked).first().waitFor();
      expect(await page.content()).not.toContain(address);
      await page.goto(page.url().replace('/code', ''));
      expect(await page.content()).not.toContain(address);
      await page.goBack();
      await typeCode(await mails.codeTo(address));
      expect((await tokens()).claims()).toMatchObject({ sub: id });
      await close();
    },
  );

  test('where no code can be sent, a known browser is offered what else its account has, and no stranger is', async () => {
    const [phone, address] = [newPhone(), newAddress()];
    const { id } = await rig.server.services.users.create({ primaryPhone: phone, primaryEmail: address });
    const { page, see, give, press, typeCode, answer, start, tokens, readProblem, t, close } = await newPerson();
    await give(phone, 'field.phoneOrEmailOrUsername');
    await answer(phone);
    await tokens();
    rig.server.advance(60_000);
    const codeOf = { phone: () => rig.codeFor(phone), email: () => mails.codeTo(address) };
    const recipients = { phone, email: address };
    for (const [broken, other] of [
      ['phone', 'email'],
      ['email', 'phone'],
    ] as const) {
      await breakDown(broken);
      await start({ scope, prompt: 'login' });
      await give(recipients[broken], 'field.phoneOrEmailOrUsername');
      await readProblem('problem.sending-failed');
      await see('signIn.title');
      await press('code.sendInstead', { recipient: maskRecipient(recipients[other]) });
      await see('code.title');
      expect(await page.content()).not.toContain(recipients[other]);
      await typeCode(await codeOf[other]());
      expect((await tokens()).claims()).toMatchObject({ sub: id });
      await revive();
      rig.server.advance(60_000);
    }
    await close();

    await breakDown('phone');
    const stranger = await newPerson();
    const said = [];
    for (const number of [phone, newPhone()]) {
      await stranger.start({ scope, prompt: 'login' });
      await stranger.give(number, 'field.phoneOrEmailOrUsername');
      await stranger.readProblem('problem.sending-failed');
      said.push(await stranger.main());
    }
    expect(said[0]).toBe(said[1]);
    expect(said[0]).not.toContain(t('code.sendInstead', { recipient: maskRecipient(address) }));
    await stranger.close();
  });
});

describe('addresses and numbers in one field, to somebody without a browser', () => {
  /** A person without script, who comes from the application. */
  async function newPlainPerson(parameters: Record<string, string> = {}) {
    const visitor = rig.newPlainVisitor('en');
    const start = (others = {}) => visitor.start({ scope, ...others });
    await start(parameters);
    const steps = plainStepsOf(rig, visitor, 'en');
    const give = async (to: string, field: 'field.phoneOrEmailOrUsername' | 'field.phoneOrEmail') => {
      await steps.fill(field, to);
      await steps.press('continue');
    };
    return { ...visitor, ...steps, start, give };
  }

  test('a domain in any script is shown as it is read, and is one account however it is written', async () => {
    const typed = newAddress().replace('example.com', 'Bücher.example');
    const [shown, address] = ['bücher', 'xn--bcher-kva'].map((name) => typed.replace('Bücher', name));
    const { page, see, give, press, typeCode, t, start, tokens } = await newPlainPerson();
    await give(typed, 'field.phoneOrEmailOrUsername');
    await see('code.title');
    expect(page.main()).toContain(t('code.sentByEmail', { email: shown ?? '', count: 6 }));
    await typeCode(await mails.codeTo(address ?? ''));
    await see('offer.createTitle');
    expect(page.main()).toContain(t('offer.create', { phone: shown ?? '' }));
    await press('offer.createSubmit');
    const made = (await tokens()).claims();
    expect(made).toMatchObject({ email: address, email_verified: true });
    rig.server.advance(60_000);
    await start({ scope, prompt: 'login' });
    const inAscii = address?.toUpperCase() ?? '';
    await give(inAscii, 'field.phoneOrEmailOrUsername');
    await see('code.title');
    await typeCode(await mails.codeTo(inAscii.replace(/@.*/, (domain) => domain.toLowerCase())));
    expect((await tokens()).claims()).toMatchObject({ sub: made?.sub });
  });

  test('a number works in the same field, and a username goes on with its password', async () => {
    const phone = newPhone();
    const username = `ada_${phone.slice(-4)}`;
    const { id } = await rig.server.services.users.create({ primaryPhone: phone, username, password });
    const { see, give, fill, press, answer, start, tokens, readProblem, page, t } = await newPlainPerson();
    await give('12', 'field.phoneOrEmailOrUsername');
    await readProblem('problem.identifier-invalid');
    await give(phone, 'field.phoneOrEmailOrUsername');
    await see('code.title');
    await answer(phone);
    expect((await tokens()).claims()).toMatchObject({ sub: id });
    await start({ scope, prompt: 'login' });
    await give(username, 'field.phoneOrEmailOrUsername');
    expect(page.field(t('field.phoneOrEmailOrUsername')).value).toBe(username);
    await fill('field.password', password);
    await press('signIn.submit');
    expect((await tokens()).claims()).toMatchObject({ sub: id });
  });

  test('a sign-up for both asks for one after the other, and what was typed for one can get the code of the other', async () => {
    const [phone, address] = [newPhone(), newAddress()];
    await rig.change({
      signUp: {
        ...policy.signUp,
        identifiers: ['email'],
        secondaryIdentifiers: [{ identifier: 'phone', verify: true }],
      },
    });
    const { page, see, fill, press, answer, typeCode, tokens, t } = await newPlainPerson({ prompt: 'create' });
    await see('register.title');
    expect(page.main()).toContain(t('hint.byEmail'));
    await fill('field.email', address);
    await press('continue');
    await see('code.title');
    await typeCode(await mails.codeTo(address));
    await see('register.title');
    await fill('field.phone', phone);
    await press('continue');
    await see('code.title');
    expect(page.main()).not.toContain('example.com');
    await answer(phone);
    expect((await tokens()).claims()).toMatchObject({ email: address, phone_number: phone });
    await rig.change({ signUp: { ...policy.signUp, secondaryIdentifiers: [] } });
  });

  test.each([
    ['register.title', 'field.phoneOrEmail', { prompt: 'create' }],
    ['signIn.title', 'field.phoneOrEmailOrUsername', { prompt: 'login' }],
  ] as const)(
    'where no code can be sent, it goes to what was typed for the other way: %s',
    async (title, field, parameters) => {
      const [phone, address] = [newPhone(), newAddress()];
      const { see, give, press, follow, readProblem } = await newPlainPerson(parameters);
      await give(address, field);
      await see('code.title');
      rig.server.advance(60_000);
      await follow('code.changeAddress');
      await breakDown('phone');
      await give(phone, field);
      await readProblem('problem.sending-failed');
      await see(title);
      await press('code.sendInstead', { recipient: maskRecipient(address) });
      await see('code.title');
      await mails.codeTo(address, 2);
    },
  );

  test('a forgotten password is replaced by the other way where there were too many codes', async () => {
    const [phone, address] = [newPhone(), newAddress()];
    const { id } = await rig.server.services.users.create({ primaryPhone: phone, primaryEmail: address, password });
    const person = await newPlainPerson();
    const { see, give, press, follow, fill, typeCode, start, tokens, readProblem, page, answer } = person;
    await give(phone, 'field.phoneOrEmailOrUsername');
    await answer(phone);
    expect((await tokens()).claims()).toMatchObject({ sub: id });
    const { messageRateLimitPolicy } = await rig.server.services.experience.read();
    await rig.change({ messageRateLimitPolicy: { ...messageRateLimitPolicy, maxSendsPerRecipient: 1 } });
    await start({ scope, prompt: 'login' });
    await press('signIn.withPassword');
    await press('signIn.forgot');
    await give(phone, 'field.phoneOrEmail');
    await see('code.title');
    rig.server.advance(60_000);
    await follow('code.changeNumber');
    await give(phone, 'field.phoneOrEmail');
    await readProblem('problem.too-many-messages');
    await see('forgot.title');
    await press('code.sendInstead', { recipient: maskRecipient(address) });
    await see('code.title');
    expect(page.main()).not.toContain(address);
    await typeCode(await mails.codeTo(address));
    await see('forgot.newTitle');
    await fill('field.newPassword', other);
    await press('password.submit');
    await see('forgot.doneTitle');
    rig.server.advance(60_000);
    for (const number of [phone, newPhone()]) {
      const stranger = await newPlainPerson({ first_screen: 'reset_password' });
      await stranger.give(number, 'field.phoneOrEmail');
      if (number !== phone) {
        await stranger.see('code.title');
        rig.server.advance(60_000);
        await stranger.follow('code.changeNumber');
        await stranger.give(number, 'field.phoneOrEmail');
      }
      await stranger.readProblem('problem.too-many-messages');
      expect(stranger.page.main()).not.toContain('•••');
    }
    await rig.change({ messageRateLimitPolicy });
  });

  test('the account page links, changes and removes an address', async () => {
    const [phone, address, next] = [newPhone(), newAddress(), newAddress()];
    const taken = newAddress();
    const { users } = rig.server.services;
    await users.create({ primaryEmail: taken });
    const { id } = await users.create({ primaryPhone: phone, password: other });
    const { page, see, follow, give, answer, fill, press, typeCode, t, readProblem } = await newPlainPerson();
    const emailOf = async () => (await users.get(id)).primaryEmail;
    const status = () => page.texts('status').join();
    await page.go(`${publicUrl}/account`);
    await give(phone, 'field.phoneOrEmailOrUsername');
    await answer(phone);
    await see('account.title');
    await follow('account.addEmail');
    await see('verify.title');
    await fill('field.password', other);
    await press('verify.submit');
    await see('email.linkTitle');
    await fill('field.email', taken);
    await press('continue');
    await typeCode(await mails.codeTo(taken));
    await readProblem('problem.email-taken');
    await fill('field.email', address);
    await press('continue');
    await see('code.title');
    await typeCode(await mails.codeTo(address));
    await see('account.title');
    expect([status(), await emailOf()]).toEqual([t('account.notice.email-linked'), address]);

    rig.server.advance(11 * 60_000);
    await follow('account.changeEmail');
    await see('verify.title');
    expect(page.main()).toContain(t('verify.sendCode', { phone: formatRecipient(phone) }));
    await press('verify.sendCode', { phone: address });
    await see('code.title');
    await typeCode(await mails.codeTo(address, 2));
    await see('email.linkTitle');
    await fill('field.email', next);
    await press('continue');
    await see('code.title');
    await typeCode(await mails.codeTo(next));
    await see('account.title');
    expect([status(), await emailOf()]).toEqual([t('account.notice.email-changed'), next]);

    await follow('account.removeEmail');
    await see('phone.removeTitle', { phone: next });
    await press('account.removeEmail');
    await see('account.title');
    expect([status(), await emailOf()]).toEqual([t('account.notice.email-removed'), null]);
  });
});
