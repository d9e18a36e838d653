import { expect, test } from 'vitest';
import { codeIdentifiersFor, defaultSignInExperience } from '../../../server/src/experience/sign-in-experience.ts';
import { type SignInExperience, signsInBySms, withSmsSignIn } from './experience-api.ts';

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

test.each(starts)('turns on codes by SMS, and nothing else off: %s', (_, signInMode, methods) => {
  const before = { ...defaultSignInExperience, signInMode, signIn: { methods } };
  // The server is the judge of what signs in by a code.
  expect(signsInBySms(before)).toBe(codeIdentifiersFor(before, 'SignIn').includes('phone'));
  const after = { ...before, ...withSmsSignIn(before) } as typeof before;
  expect(codeIdentifiersFor(after, 'SignIn')).toContain('phone');
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
