import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeProblemsOf } from '../setup/axe.ts';
import { type Look, type PagesRig, startPagesRig } from './pages-rig.ts';
import { stepsOf } from './steps.ts';

const password = 'tall trees in the wind';
const byPassword = { password: true, verificationCode: false, isPasswordPrimary: true };

let rig: PagesRig;
beforeAll(async () => {
  rig = await startPagesRig();
});
afterAll(() => rig.close());

const looks: [string, Look, 'PhoneVerificationCode' | 'Totp'][] = [
  ['a number in English', {}, 'PhoneVerificationCode'],
  ['an app in Chinese without script, 380 pixels wide', { language: 'zh-CN', hasScript: false, width: 380 }, 'Totp'],
];
test.each(looks)('whoever is asked for %s may do without, and is not asked again', async (_, look, factor) => {
  await rig.change({
    signUp: { identifiers: ['username'], password: true, verify: true },
    signIn: { methods: [{ identifier: 'username', ...byPassword }] },
    mfa: { policy: 'PromptAtSignInAndSignUp', factors: [factor] },
  });
  const username = `una_${factor}`;
  const { id } = await rig.server.services.users.create({ username, password });
  const { page, start, tokens, complaints, close, ...visitor } = await rig.newVisitor(look);
  const { see, fill, press } = stepsOf(rig, { ...visitor, page }, look);
  const signIn = async () => {
    await start({ prompt: 'login' });
    await fill('field.username', username);
    await fill('field.password', password);
    await press('signIn.submit');
  };
  await signIn();
  await see(factor === 'Totp' ? 'account.addAuthenticator' : 'account.addPhone');
  // Without script, axe cannot run.
  if (look.hasScript !== false) expect(await axeProblemsOf(page)).toEqual([]);
  await press('second.skip');
  expect((await tokens()).claims()).toMatchObject({ sub: id, amr: ['pwd'] });
  await signIn();
  expect((await tokens()).claims()).toMatchObject({ sub: id });
  expect(complaints).toEqual([]);
  await close();
});
