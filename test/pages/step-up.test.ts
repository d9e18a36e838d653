import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { axeProblemsOf } from '../setup/axe.ts';
import { totpCode } from '../setup/totp.ts';
import { type Look, type PagesRig, startPagesRig } from './pages-rig.ts';
import { newPhone, plainStepsOf, stepsOf } from './steps.ts';

const [one, two] = ['urn:logto:acr:1fa', 'urn:logto:acr:mfa'] as const;
const password = 'tall trees in the wind';
const byPassword = { password: true, verificationCode: false, isPasswordPrimary: true };
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const essential = { claims: JSON.stringify({ id_token: { acr: { essential: true, value: two } } }) };

let rig: PagesRig;
beforeAll(async () => {
  rig = await startPagesRig();
});
afterAll(() => rig.close());

let people = 0;
let username: string;
let phone: string;
beforeEach(async () => {
  people += 1;
  [username, phone] = [`ida_${people}`, newPhone()];
  await rig.change({
    signUp: { identifiers: ['username'], password: true, verify: true },
    signIn: { methods: [{ identifier: 'username', ...byPassword }] },
    mfa: { policy: 'NoPrompt', factors: ['PhoneVerificationCode', 'Totp'] },
  });
});
const services = () => rig.server.services;
const newUser = () => services().users.create({ username, password });
const givePhone = (id: string) => services().users.update(id, { primaryPhone: phone });
const giveApp = (id: string) => services().authenticators.set(id, { secret, timeStep: 0 }, { isFirst: true });

const looks: [string, Look][] = [
  ['in English', {}],
  ['in Chinese without script, 380 pixels wide', { language: 'zh-CN', hasScript: false, width: 380 }],
];
test.each(looks)('whoever is signed in by a password gives a code by SMS alone, %s', async (_, look) => {
  const { id } = await newUser();
  const { page, start, tokens, complaints, close, ...visitor } = await rig.newVisitor(look);
  const { see, fill, press, answer } = stepsOf(rig, { ...visitor, page }, look);
  await start();
  await fill('field.username', username);
  await fill('field.password', password);
  await press('signIn.submit');
  const before = (await tokens()).claims();
  expect(before).toMatchObject({ sub: id, acr: one, amr: ['pwd'] });
  await givePhone(id);
  await start(essential);
  await see('verify.title');
  // Without script, axe cannot run.
  if (look.hasScript !== false) expect(await axeProblemsOf(page)).toEqual([]);
  await press('verify.sendCode', { phone: `+1 ••• ${phone.slice(-2)}` });
  await see('code.title');
  await answer(phone);
  const { auth_time } = before ?? {};
  expect((await tokens()).claims()).toMatchObject({ sub: id, acr: two, amr: ['pwd', 'sms', 'mfa'], auth_time });
  expect(complaints).toEqual([]);
  await close();
});

test('an app is asked for at once where it is all there is, and whoever goes back signs in in full', async () => {
  const { id } = await newUser();
  const visitor = rig.newPlainVisitor('en');
  const { fill, press, see, follow, typeCode } = plainStepsOf(rig, visitor, 'en');
  const signIn = async () => {
    await fill('field.username', username);
    await fill('field.password', password);
    await press('signIn.submit');
  };
  await visitor.start();
  await signIn();
  await visitor.tokens();
  await giveApp(id);
  await visitor.start(essential);
  await see('code.title');
  await follow('forgot.back');
  await see('signIn.title');
  await signIn();
  await see('code.title');
  await typeCode(totpCode(secret, services().platform.now()));
  expect((await visitor.tokens()).claims()).toMatchObject({ sub: id, acr: two, amr: ['pwd', 'otp', 'mfa'] });
});
