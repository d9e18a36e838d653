import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Language } from '../../packages/pages/src/language.ts';
import type { SignInExperienceChange } from '../../packages/server/src/experience/sign-in-experience.ts';
import { rfcSecret, totpCode } from '../setup/totp.ts';
import { type PagesRig, startPagesRig } from './pages-rig.ts';
import { newPhone, type PlainSteps, plainStepsOf, type Steps } from './steps.ts';

/** What people have for a password. */
export const password = 'tall trees in the wind';

/** A sign-up and a sign-in by username and password alone. */
export const byUsername = {
  signUp: { identifiers: ['username'], password: true, verify: true },
  signIn: {
    methods: [{ identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true }],
  },
} satisfies SignInExperienceChange;

/** The rig, and who comes in a test: nobody has the username or the number until `newUser` makes them. */
export type PeopleRig = PagesRig & { username: string; phone: string };

let people = 0;

/** Starts one for the tests of a file, which this is called in. @param change what holds beside `byUsername` */
export function usePeople(change: SignInExperienceChange) {
  const rig = {} as PeopleRig;
  beforeAll(async () => {
    Object.assign(rig, await startPagesRig());
  });
  afterAll(() => rig.close());
  beforeEach(async () => {
    people += 1;
    [rig.username, rig.phone] = [`ada_${people}`, newPhone()];
    await rig.change({ ...byUsername, ...change });
  });

  /** Says who it is on the first page of a sign-in. */
  async function signIn({ fill, press }: Pick<Steps | PlainSteps, 'fill' | 'press'>): Promise<void> {
    await fill('field.username', rig.username);
    await fill('field.password', password);
    await press('signIn.submit');
  }

  return Object.assign(rig, {
    signIn,
    newUser: (fields: object = {}) => rig.server.services.users.create({ username: rig.username, password, ...fields }),
    /** Gives somebody an authenticator app, with the secret of RFC 6238. */
    giveApp: (userId: string) =>
      rig.server.services.authenticators.set(userId, { secret: rfcSecret, timeStep: 0 }, { isFirst: true }),
    /** What an app shows. */
    shownBy: (secret: string) => totpCode(secret, rig.server.services.platform.now()),
    /** What a page shows of the number. */
    maskedPhone: () => `+1 ••• ${rig.phone.slice(-2)}`,
    newPlainPerson(language: Language = 'en') {
      const visitor = rig.newPlainVisitor(language);
      const steps = plainStepsOf(rig, visitor, language);
      return { ...visitor, ...steps, signIn: () => signIn(steps) };
    },
  });
}
