import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { defaultSignInExperience } from '../../../server/src/experience/sign-in-experience.ts';
import type { SignInExperience } from './experience-api.ts';
import { problemsIn } from './experience-problems.ts';
import { valuesOf } from './experience-values.ts';

const t = ((key: string, { whole }: { whole?: string } = {}) =>
  [key, whole].filter(Boolean).join(' ')) as unknown as TFunction;
const start = valuesOf(defaultSignInExperience as unknown as SignInExperience);

test('codes that sign in by themselves are no second step', () => {
  expect(problemsIn(t, { ...start, mfa: ['email'] })).toEqual([]);
  expect(problemsIn(t, { ...start, mfa: ['phone', 'email'] })).toEqual([
    { path: 'mfa', message: 'signInExperience.second.signsIn.phone' },
  ]);
});

test.each([
  ...(['termsOfUseUrl', 'privacyPolicyUrl', 'supportWebsiteUrl', 'unknownSessionRedirectUrl'] as const),
  ...(['logoUrl', 'darkLogoUrl', 'favicon', 'darkFavicon'] as const),
])('%s without its scheme is told so, with the address in full', (path) => {
  expect(problemsIn(t, start)).toEqual([]);
  expect(problemsIn(t, { ...start, [path]: ' example.com/a.png' })).toEqual([
    { path, message: 'forms.schemeMissing https://example.com/a.png' },
  ]);
  const [problem] = problemsIn(t, { ...start, [path]: 'ftp://example.com/a.png' });
  expect(problem?.message).toMatch(/\.bad(Link|Logo)$/);
});
