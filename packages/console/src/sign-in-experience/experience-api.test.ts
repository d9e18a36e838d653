import { expect, test } from 'vitest';
import { codeIdentifiersFor, defaultSignInExperience } from '../../../server/src/experience/sign-in-experience.ts';
import { type SignInExperience, signsInBy, withCodesOf } from './experience-api.ts';

const byPassword = {
  identifier: 'username',
  password: true,
  verificationCode: false,
  isPasswordPrimary: true,
} as const;
const phoneByPassword = { ...byPassword, identifier: 'phone' } as const;
const starts: [string, SignInExperience['signInMode'], SignInExperience['signIn']['methods']][] = [
  ['as it is from the start', 'SignInAndRegister', defaultSignInExperience.signIn.methods],
  ['without any way to sign in', 'SignIn', []],
  ['by username alone', 'SignIn', [byPassword]],
  ['by phone number and password', 'SignInAndRegister', [byPassword, phoneByPassword]],
  ['for sign-up alone', 'Register', [byPassword]],
];

const channels = [
  ['Sms', 'phone'],
  ['Email', 'email'],
] as const;
const cases = starts.flatMap(([name, ...start]) =>
  channels.map((each) => [`${each[0]}, ${name}`, ...each, ...start] as const),
);

test.each(cases)('turns on codes, and nothing else off: %s', (_, channel, mine, signInMode, methods) => {
  const before = { ...defaultSignInExperience, signInMode, signIn: { methods } };
  // The server is the judge of what signs in by a code.
  expect(signsInBy(channel, before)).toBe(codeIdentifiersFor(before, 'SignIn').includes(mine));
  const after = { ...before, ...withCodesOf(channel, before) } as typeof before;
  expect(codeIdentifiersFor(after, 'SignIn')).toContain(mine);
  for (const method of methods) {
    expect(after.signIn.methods).toContainEqual(
      expect.objectContaining({ ...method, verificationCode: expect.any(Boolean) }),
    );
  }
  expect(after.signIn.methods.filter(({ identifier }) => identifier === 'username')).toEqual(
    methods.filter(({ identifier }) => identifier === 'username'),
  );
  expect(after.signInMode === 'Register').toBe(false);
});

test.each([
  [['phone'], [], 'SignInAndRegister', ['phone', 'email']],
  [['phone'], [{ identifier: 'email', verify: true }], 'SignInAndRegister', undefined],
  [['username'], [], 'SignInAndRegister', undefined],
  [['email'], [], 'SignInAndRegister', undefined],
  [['phone'], [], 'SignIn', undefined],
] as const)(
  'a sign-up by %j, then %j, with %s takes either where that is enough',
  (first, later, signInMode, taken) => {
    const signUp = { ...defaultSignInExperience.signUp, identifiers: [...first], secondaryIdentifiers: [...later] };
    const change = withCodesOf('Email', { ...defaultSignInExperience, signInMode, signUp });
    expect(change.signUp?.identifiers).toEqual(taken);
    if (!taken) return;
    const after = { ...defaultSignInExperience, signInMode, ...change } as typeof defaultSignInExperience;
    expect(codeIdentifiersFor(after, 'Register')).toEqual(taken);
  },
);

test('what a number can do, an address can from then on: a password, and another one where it is forgotten', () => {
  const change = withCodesOf('Email', defaultSignInExperience);
  const [byEmail] = change.signIn?.methods ?? [];
  const byPhone = defaultSignInExperience.signIn.methods.find(({ identifier }) => identifier === 'phone');
  expect(byEmail).toEqual({ ...byPhone, identifier: 'email' });
  expect(change.forgotPasswordMethods).toEqual(['PhoneVerificationCode', 'EmailVerificationCode']);
  const withoutReset = { ...defaultSignInExperience, forgotPasswordMethods: [] };
  expect(withCodesOf('Email', withoutReset).forgotPasswordMethods).toBeUndefined();
});
