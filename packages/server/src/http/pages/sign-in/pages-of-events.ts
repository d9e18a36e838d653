import { ApiError } from '../../../errors.ts';
import {
  resetsPasswords,
  type SignInExperience,
  signsInByCode,
  signsUpByPhone,
} from '../../../experience/sign-in-experience.ts';
import type { FlowEvent } from '../../../store/schema.ts';

/** Where the pages of each event begin. */
export const pathOf = {
  SignIn: '/sign-in',
  Register: '/register',
  ForgotPassword: '/forgot-password',
} as const satisfies Record<FlowEvent, string>;

/** Whether the event begins with a number and a code. */
export const takesCode: Readonly<Record<FlowEvent, (policy: SignInExperience) => boolean>> = {
  SignIn: signsInByCode,
  Register: signsUpByPhone,
  ForgotPassword: resetsPasswords,
};

/** @throws ApiError `user.sign_in_method_not_enabled` */
export function checkTakesCode(event: FlowEvent, policy: SignInExperience): void {
  if (!takesCode[event](policy)) throw new ApiError('user.sign_in_method_not_enabled');
}

/** What passwords sign in with, in the order in which it is offered. */
export const passwordIdentifiers = ({ signInMode, signIn }: SignInExperience): ('phone' | 'username')[] =>
  signInMode === 'Register' ? [] : signIn.methods.flatMap(({ identifier, password }) => (password ? [identifier] : []));

/** Whether people can make accounts here. */
export const signsUp = ({ signInMode, signUp }: SignInExperience): boolean =>
  signInMode !== 'SignIn' && signUp.identifiers.length > 0;

/** Whether the first way to sign in is a password. */
export function asksPasswordFirst(policy: SignInExperience): boolean {
  const [first] = policy.signInMode === 'Register' ? [] : policy.signIn.methods;
  return first?.password === true && (first.isPasswordPrimary || !first.verificationCode);
}
