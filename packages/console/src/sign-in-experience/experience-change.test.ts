import { expect, test } from 'vitest';
import { defaultSignInExperience } from '../../../server/src/experience/sign-in-experience.ts';
import type { SignInExperience } from './experience-api.ts';
import { changeOf, differenceOf } from './experience-change.ts';
import { type ExperienceValues, placeOf, valuesOf } from './experience-values.ts';

const stored = defaultSignInExperience as unknown as SignInExperience;
const start = valuesOf(stored);
const differenceAfter = (change: Partial<ExperienceValues>, from = start) =>
  differenceOf(changeOf(from), changeOf({ ...from, ...change }));

test('nothing changes where nothing was changed', () => {
  expect(differenceAfter({})).toEqual({});
});

test('the password policy goes as a whole', () => {
  expect(differenceAfter({ minLength: 12, words: ' acme \n\nsesame', pwned: false })).toEqual({
    passwordPolicy: {
      length: { min: 12, max: 256 },
      characterTypes: { min: 1 },
      rejects: { pwned: false, repetitionAndSequence: true, userInfo: true, words: ['acme', 'sesame'] },
    },
  });
  expect(placeOf('passwordPolicy.rejects.words.0')).toBe('passwords');
});

test('a second step goes as a whole, with a policy of ours', () => {
  const mfa = { factors: ['EmailVerificationCode'], policy: 'NoPrompt' };
  expect(differenceAfter({ mfa: ['email'] })).toEqual({ mfa });
  const back = valuesOf({ ...stored, mfa: { ...mfa, policy: 'Mandatory' } } as SignInExperience);
  expect(back).toMatchObject({ mfa: ['email'], mfaPolicy: 'Mandatory' });
  const asked = valuesOf({ ...stored, mfa: { ...mfa, policy: 'UserControlled' } } as SignInExperience);
  expect(asked.mfaPolicy).toBe('PromptAtSignInAndSignUp');
  expect(placeOf('mfa.factors.0')).toBe('ways');
  const factors = [...mfa.factors, 'BackupCode'];
  expect(differenceAfter({ mfa: ['email'], hasBackupCodes: true })).toEqual({ mfa: { ...mfa, factors } });
  expect(valuesOf({ ...stored, mfa: { ...mfa, factors } } as SignInExperience).hasBackupCodes).toBe(true);
  expect(differenceAfter({ hasBackupCodes: true })).toEqual({});
});

test('a number can be asked for after the username, and comes back as that', () => {
  const change = differenceAfter({ identifiers: ['phone', 'username'], firstIdentifier: 'username', password: true });
  const signUp = {
    identifiers: ['username'],
    secondaryIdentifiers: [{ identifier: 'phone', verify: true }],
    verify: true,
    password: true,
  };
  expect(change).toEqual({ signUp });
  const back = valuesOf({ ...stored, signUp } as SignInExperience);
  expect(back).toMatchObject({ identifiers: ['username', 'phone'], firstIdentifier: 'username' });
  expect(differenceAfter({ firstIdentifier: 'phone' }, back)).toMatchObject({
    signUp: { identifiers: expect.arrayContaining(['phone', 'username']), secondaryIdentifiers: [] },
  });
});
