import { expect, test } from 'vitest';
import { axeProblemsOf } from '../setup/axe.ts';
import type { Look } from './pages-rig.ts';
import { usePeople } from './people.ts';
import { stepsOf } from './steps.ts';

const rig = usePeople({});

const looks: [string, Look, 'PhoneVerificationCode' | 'Totp'][] = [
  ['a number in English', {}, 'PhoneVerificationCode'],
  ['an app in Chinese without script, 380 pixels wide', { language: 'zh-CN', hasScript: false, width: 380 }, 'Totp'],
];
test.each(looks)('whoever is asked for %s may do without, and is not asked again', async (_, look, factor) => {
  await rig.change({ mfa: { policy: 'PromptAtSignInAndSignUp', factors: [factor] } });
  const { id } = await rig.newUser();
  const { page, start, tokens, complaints, close, ...visitor } = await rig.newVisitor(look);
  const { see, press, ...steps } = stepsOf(rig, { ...visitor, page }, look);
  const signIn = async () => {
    await start({ prompt: 'login' });
    await rig.signIn({ ...steps, press });
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
