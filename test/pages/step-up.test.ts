import { expect, test } from 'vitest';
import { axeProblemsOf } from '../setup/axe.ts';
import { rfcSecret } from '../setup/totp.ts';
import type { Look } from './pages-rig.ts';
import { usePeople } from './people.ts';
import { stepsOf } from './steps.ts';

const [one, two] = ['urn:logto:acr:1fa', 'urn:logto:acr:mfa'] as const;
const essential = { claims: JSON.stringify({ id_token: { acr: { essential: true, value: two } } }) };

const rig = usePeople({ mfa: { policy: 'NoPrompt', factors: ['PhoneVerificationCode', 'Totp'] } });

const looks: [string, Look][] = [
  ['in English', {}],
  ['in Chinese without script, 380 pixels wide', { language: 'zh-CN', hasScript: false, width: 380 }],
];
test.each(looks)('whoever is signed in by a password gives a code by SMS alone, %s', async (_, look) => {
  const { id } = await rig.newUser();
  const { page, start, tokens, complaints, close, ...visitor } = await rig.newVisitor(look);
  const { see, press, answer, ...steps } = stepsOf(rig, { ...visitor, page }, look);
  await start();
  await rig.signIn({ ...steps, press });
  const before = (await tokens()).claims();
  expect(before).toMatchObject({ sub: id, acr: one, amr: ['pwd'] });
  await rig.server.services.users.update(id, { primaryPhone: rig.phone });
  await start(essential);
  await see('verify.title');
  // Without script, axe cannot run.
  if (look.hasScript !== false) expect(await axeProblemsOf(page)).toEqual([]);
  await press('verify.sendCode', { phone: rig.maskedPhone() });
  await see('code.title');
  await answer(rig.phone);
  const { auth_time } = before ?? {};
  expect((await tokens()).claims()).toMatchObject({ sub: id, acr: two, amr: ['pwd', 'sms', 'mfa'], auth_time });
  expect(complaints).toEqual([]);
  await close();
});

test('an app is asked for at once where it is all there is, and whoever goes back signs in in full', async () => {
  const { id } = await rig.newUser();
  const { start, tokens, see, follow, signIn, typeCode } = rig.newPlainPerson();
  await start();
  await signIn();
  await tokens();
  await rig.giveApp(id);
  await start(essential);
  await see('code.title');
  await follow('forgot.back');
  await see('signIn.title');
  await signIn();
  await see('code.title');
  await typeCode(rig.shownBy(rfcSecret));
  expect((await tokens()).claims()).toMatchObject({ sub: id, acr: two, amr: ['pwd', 'otp', 'mfa'] });
});
