import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';

type Operations = paths['/api/sign-in-exp'];

/** How people sign up and sign in, what they see of it, and the rules for codes. */
export type SignInExperience = Operations['get']['responses'][200]['content']['application/json'];
/** What can be changed; what is left out stays as it is. */
export type ExperienceChange = NonNullable<Operations['patch']['requestBody']>['content']['application/json'];
/** One way to sign in. */
export type SignInMethod = SignInExperience['signIn']['methods'][number];
/** What a person is known by. */
export type Identifier = SignInMethod['identifier'];

type Ways = Pick<SignInExperience, 'signInMode' | 'signIn'>;

/** The sign-in experience as it is stored. */
export const experienceQuery = queryOptions({
  queryKey: ['sign-in-exp'],
  queryFn: () => unwrap(api.GET('/api/sign-in-exp')),
});

/** Changes the sign-in experience. @throws ApiError `guard.invalid_input` with the fields at fault */
export const changeExperience = (body: ExperienceChange): Promise<SignInExperience> =>
  unwrap(api.PATCH('/api/sign-in-exp', { body }));

const signsInByCode =
  (wanted: string) =>
  ({ signInMode, signIn }: Ways): boolean =>
    signInMode !== 'Register' &&
    signIn.methods.some(({ identifier, verificationCode }) => identifier === wanted && verificationCode);

/** Whether a code to a phone number signs in. */
export const signsInBySms = signsInByCode('phone');

/** Whether a code to an email address signs in. */
export const signsInByEmail = signsInByCode('email');

/** The change after which a code to a phone number signs in; all other ways stay as they are. */
export function withSmsSignIn({ signInMode, signIn: { methods } }: Ways): ExperienceChange {
  const byCode = { identifier: 'phone', password: false, verificationCode: true, isPasswordPrimary: false } as const;
  const hasPhone = methods.some(({ identifier }) => identifier === 'phone');
  const changed = methods.map((method) =>
    method.identifier === 'phone' ? { ...method, verificationCode: true } : method,
  );
  return {
    ...(signInMode === 'Register' && { signInMode: 'SignInAndRegister' }),
    signIn: { methods: hasPhone ? changed : [byCode, ...changed] },
  };
}
