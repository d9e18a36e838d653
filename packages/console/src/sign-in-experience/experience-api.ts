import type { Channel } from '@sesame/connector-kit';
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

type Ways = Pick<SignInExperience, 'signInMode' | 'signUp' | 'signIn'>;
type AllWays = Ways & Pick<SignInExperience, 'forgotPasswordMethods'>;

/** The sign-in experience as it is stored. */
export const experienceQuery = queryOptions({
  queryKey: ['sign-in-exp'],
  queryFn: () => unwrap(api.GET('/api/sign-in-exp')),
});

/** Changes the sign-in experience. @throws ApiError `guard.invalid_input` with the fields at fault */
export const changeExperience = (body: ExperienceChange): Promise<SignInExperience> =>
  unwrap(api.PATCH('/api/sign-in-exp', { body }));

/** What the codes of a channel are sent to. */
const identifierOf = { Sms: 'phone', Email: 'email' } as const satisfies Record<Channel, Identifier>;
const others = { phone: 'email', email: 'phone' } as const;
const forgotPasswordBy = { phone: 'PhoneVerificationCode', email: 'EmailVerificationCode' } as const;

/** Whether codes of a channel sign people in. */
export const signsInBy = (channel: Channel, { signInMode, signIn }: Ways): boolean =>
  signInMode !== 'Register' &&
  signIn.methods.some(({ identifier, verificationCode }) => identifier === identifierOf[channel] && verificationCode);

/**
 * The change after which codes of a channel sign people in. What people could do with the other channel they can do with
 * both: where a sign-up asks for what its codes go to, and nothing else, either is enough; a password goes with either;
 * and either gets a forgotten one replaced. All other ways stay as they are.
 */
export function withCodesOf(channel: Channel, ways: AllWays): ExperienceChange {
  const { signInMode, signUp, forgotPasswordMethods: resets } = ways;
  const { methods } = ways.signIn;
  const mine = identifierOf[channel];
  const alike = methods.find(({ identifier }) => identifier === others[mine]);
  const byCode = {
    ...{ password: false, isPasswordPrimary: false, ...alike },
    ...{ identifier: mine, verificationCode: true },
  };
  const hasMine = methods.some(({ identifier }) => identifier === mine);
  const changed = methods.map((method) =>
    method.identifier === mine ? { ...method, verificationCode: true } : method,
  );
  const { identifiers, secondaryIdentifiers: later = [] } = signUp;
  const [asked] = identifiers;
  const isEitherEnough =
    identifiers.length === 1 && later.length === 0 && asked !== mine && (asked === 'phone' || asked === 'email');
  return {
    ...(signInMode === 'Register' && { signInMode: 'SignInAndRegister' }),
    ...(isEitherEnough && signInMode !== 'SignIn' && { signUp: { identifiers: [asked, mine], verify: true } }),
    signIn: { methods: hasMine ? changed : [byCode, ...changed] },
    ...(resets.includes(forgotPasswordBy[others[mine]]) && {
      forgotPasswordMethods: [...new Set([...resets, forgotPasswordBy[mine]])],
    }),
  };
}
