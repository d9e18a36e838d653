import { expect, test } from 'vitest';
import type { Language } from '../../packages/pages/src/language.ts';
import { axeProblemsOf } from '../setup/axe.ts';
import { rfcSecret } from '../setup/totp.ts';
import { type Look, publicUrl } from './pages-rig.ts';
import { usePeople } from './people.ts';
import { stepsOf } from './steps.ts';

const dayMs = 24 * 60 * 60_000;

const rig = usePeople({
  mfa: { policy: 'NoPrompt', factors: ['PhoneVerificationCode', 'Totp'] },
  trustedDevicePolicy: { enabled: true, durationDays: 30 },
});
const services = () => rig.server.services;
const dayIn = (language: Language, days: number) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    services().platform.now() + days * dayMs,
  );
async function newOwner() {
  const user = await rig.newUser({ primaryPhone: rig.phone });
  await rig.giveApp(user.id);
  return user;
}

function newPlainPerson(language: Language) {
  const person = rig.newPlainPerson(language);
  return {
    ...person,
    async signIn() {
      await person.start();
      await person.signIn();
    },
    tick: () => person.page.tick(person.t('trust.label', { time: dayIn(language, 30) })),
    /** Ends the sessions of this browser alone, which stays known. */
    async signOut() {
      const { id = '' } = (await services().users.find({ username: rig.username })) ?? {};
      const sessions = await services().userSessions.list(id);
      await Promise.all(sessions.map((session) => services().userSessions.end(id, session.id)));
    },
  };
}

test.each<Language>(['en', 'ar'])(
  'a browser is trusted with the code of a message, without script, in %s',
  async (language) => {
    const { id } = await newOwner();
    const person = newPlainPerson(language);
    await rig.change({ mfa: { policy: 'NoPrompt', factors: ['PhoneVerificationCode'] } });
    await person.signIn();
    await person.page.press(
      // On the page, an element of its own keeps the number from left to right.
      person.t('verify.sendCode', { phone: rig.maskedPhone() }).replace(/[\u2068\u2069]/g, ''),
    );
    await person.see('code.title');
    person.tick();
    // What was ticked stays so after a wrong code.
    const right = await rig.codeFor(rig.phone);
    await person.typeCode(right === '000000' ? '000001' : '000000');
    await person.readProblem('problem.code-wrong');
    await person.typeCode(right);
    expect((await person.tokens()).claims()).toMatchObject({ sub: id });
    expect(await services().trustedDevices.list(id)).toMatchObject([{ factor: 'phone' }]);

    await person.signOut();
    await person.signIn();
    expect((await person.tokens()).claims()).toMatchObject({ sub: id });

    await person.page.go(new URL(`${publicUrl}/account`));
    expect(person.page.main()).toContain(person.t('account.trusted'));
    expect(person.page.main()).toContain(person.t('account.trustedUntil', { time: dayIn(language, 30) }));
  },
);

test('nobody is offered it while the policy is off, or where no second code is asked for', async () => {
  await newOwner();
  await rig.change({ trustedDevicePolicy: { enabled: false } });
  const person = newPlainPerson('en');
  await person.signIn();
  await person.follow('authenticator.use');
  expect(person.page.main()).not.toContain('Trust this browser');
});

const looks: [string, Look][] = [
  ['in English', {}],
  ['in Hebrew, 380 pixels wide', { language: 'he', width: 380 }],
];
test.each(looks)(
  'a browser is trusted with the code of an app, and no more from the account page, %s',
  async (_, look) => {
    const { language = 'en' } = look;
    const { id } = await newOwner();
    await rig.change({ mfa: { policy: 'NoPrompt', factors: ['Totp'] } });
    const { page, start, tokens, complaints, close, ...visitor } = await rig.newVisitor(look);
    const { see, typeCode, t, ...steps } = stepsOf(rig, { ...visitor, page }, look);
    await start();
    await rig.signIn(steps);
    await see('code.title');
    const box = page.getByRole('checkbox', { name: t('trust.label', { time: dayIn(language, 30) }) });
    expect(await axeProblemsOf(page)).toEqual([]);
    await box.focus();
    await page.keyboard.press('Space');
    await typeCode(rig.shownBy(rfcSecret));
    expect((await tokens()).claims()).toMatchObject({ sub: id });

    await page.goto(`${publicUrl}/account`);
    await see('account.title');
    await page.getByRole('heading', { name: t('account.trusted') }).waitFor();
    expect(await axeProblemsOf(page)).toEqual([]);
    await page.getByRole('button', { name: t('account.trustedUntil', { time: dayIn(language, 30) }) }).click();
    await page
      .getByRole('status')
      .filter({ hasText: t('account.notice.trust-ended') })
      .waitFor();
    expect(await services().trustedDevices.list(id)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  },
);
