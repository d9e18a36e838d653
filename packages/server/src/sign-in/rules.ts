import { ApiError } from '../errors.ts';
import { type AccountCenter, controlOf } from '../experience/account-center.ts';
import { type Identifier, identifiersOf } from '../experience/methods.ts';
import {
  resetsPasswords,
  type SignInExperience,
  signsInByCode,
  signsUpByPhone,
  signsUpByUsername,
} from '../experience/sign-in-experience.ts';
import type { FlowEvent } from '../store/schema.ts';

/** What a new account may be asked for. */
export type ProfileField = Identifier | 'password';

/** What a new account is made of so far. */
export type Profile = {
  phone?: string | undefined;
  username?: string | undefined | null;
  passwordDigest?: string | null | undefined;
};

const notEnabled = () => new ApiError('user.sign_in_method_not_enabled');

/** @throws ApiError `user.sign_in_method_not_enabled` where a code does not serve this event */
export function checkMayUseCode(policy: SignInExperience, event: FlowEvent): void {
  const mayDo = { SignIn: signsInByCode, Register: signsUpByPhone, ForgotPassword: resetsPasswords }[event];
  if (!mayDo(policy)) throw notEnabled();
}

/** @throws ApiError `user.sign_in_method_not_enabled` */
export function checkMayUsePassword({ signInMode, signIn }: SignInExperience, identifier: Identifier): void {
  const isOn = signIn.methods.some((method) => method.identifier === identifier && method.password);
  if (signInMode === 'Register' || !isOn) throw notEnabled();
}

/** @throws ApiError `user.sign_in_method_not_enabled` */
export function checkMaySignUp({ signInMode, signUp }: SignInExperience): void {
  if (signInMode === 'SignIn' || signUp.identifiers.length === 0) throw notEnabled();
}

/** @throws ApiError `user.sign_in_method_not_enabled` where the sign-up asks for no username */
export function checkMayChooseUsername(policy: SignInExperience): void {
  if (!signsUpByUsername(policy)) throw notEnabled();
}

/**
 * Whether somebody who signs in may give the account what it lacks: what a sign-up asks for, and what users may change
 * of their account.
 */
export function mayAdd(policy: SignInExperience, center: AccountCenter, field: ProfileField): boolean {
  const isAsked = {
    phone: signsUpByPhone(policy),
    username: signsUpByUsername(policy),
    password: policy.signUp.password,
  }[field];
  return isAsked || controlOf(center, field) === 'Edit';
}

/**
 * Whether a message to a number without an account would be in vain, so that it is not sent, and whether one is sent
 * must not show.
 */
export const isSuppressedForStrangers = (policy: SignInExperience, event: FlowEvent): boolean =>
  event === 'ForgotPassword' || !signsUpByPhone(policy);

/** What an account can sign in with. */
export type SignInWays = { primaryPhone: string | null; username: string | null; hasPassword: boolean };

/** Whether an account with this can sign in. */
export const canSignIn = ({ signIn }: SignInExperience, ways: SignInWays): boolean =>
  signIn.methods.some(({ identifier, verificationCode, password }) => {
    const known = identifier === 'phone' ? ways.primaryPhone : ways.username;
    return known !== null && (verificationCode || (password && ways.hasPassword));
  });

/** @throws ApiError `user.last_sign_in_method_required` where nothing would be left to sign in with */
export function checkStillSignsIn(policy: SignInExperience, ways: SignInWays): void {
  if (!canSignIn(policy, ways)) throw new ApiError('user.last_sign_in_method_required');
}

/** @throws ApiError `user.username_exists_in_profile` and the like for what the account has already */
export function checkLacks({ primaryPhone, username, hasPassword }: SignInWays, field: ProfileField): void {
  const has = { phone: primaryPhone !== null, username: username !== null, password: hasPassword };
  if (has[field]) throw new ApiError(`user.${field}_exists_in_profile`);
}

/** What a new account still lacks. */
export function missingFromProfile({ signUp }: SignInExperience, profile: Profile): ProfileField[] {
  const missing: ProfileField[] = identifiersOf(signUp).filter((identifier) => !profile[identifier]);
  return signUp.password && !profile.passwordDigest ? [...missing, 'password'] : missing;
}
