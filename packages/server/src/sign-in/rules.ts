import type { Channel } from '@sesame/connector-kit';
import { ApiError } from '../errors.ts';
import { type AccountCenter, controlOf } from '../experience/account-center.ts';
import { checkEmailIsAllowed } from '../experience/email-blocklist.ts';
import { type AskedIdentifier, askedOf, type Identifier, identifiersOf, servesFor } from '../experience/methods.ts';
import { asksToSetUp, factorTypes } from '../experience/second-factors.ts';
import { codeIdentifiersFor, type SignInExperience, signsUpByUsername } from '../experience/sign-in-experience.ts';
import type { KeptRecipient, RecipientKey } from '../messaging/recipient.ts';
import type { FlowEvent } from '../store/tables/sign-ins.ts';
import { allOf, channelOf, type Reachable, typeOf, userField } from './user-recipients.ts';

/** What an account can lack. */
export type ProfileField = Identifier | 'password';

/** What a new account is made of so far. */
export type Profile = Partial<Reachable> & {
  username?: string | undefined | null;
  passwordDigest?: string | null | undefined;
};

const notEnabled = () => new ApiError('user.sign_in_method_not_enabled');

/** @throws ApiError `user.sign_in_method_not_enabled` where a code does not serve this event */
export function checkMayUseCode(policy: SignInExperience, event: FlowEvent, to: RecipientKey): void {
  if (!codeIdentifiersFor(policy, event).includes(typeOf(to))) throw notEnabled();
}

/** @throws ApiError `session.email_blocklist.*` where no account may get this address */
export function checkMayBeLinked(
  { emailBlocklistPolicy }: SignInExperience,
  { channel, address }: KeptRecipient,
): void {
  if (channel === 'Email') checkEmailIsAllowed(emailBlocklistPolicy, address);
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
 * Whether somebody who signs in may give the account what it lacks: what a sign-up asks for, what a second
 * code goes to that the policy asks for, and what users may change of their account.
 */
export function mayAdd(policy: SignInExperience, center: AccountCenter, field: ProfileField): boolean {
  const { signInMode, signUp } = policy;
  const isAsked =
    field === 'password' ? signUp.password : signInMode !== 'SignIn' && identifiersOf(signUp).includes(field);
  const isFactor = asksToSetUp(policy.mfa) && factorTypes(policy.mfa).some((type) => type === field);
  return isAsked || isFactor || controlOf(center, field) === 'Edit';
}

/**
 * Whether a message to a number or an address without an account would be in vain, so that it is not sent, and whether
 * one is sent must not show.
 */
export const isSuppressedForStrangers = (policy: SignInExperience, event: FlowEvent, to: RecipientKey): boolean =>
  event === 'ForgotPassword' || !codeIdentifiersFor(policy, 'Register').includes(typeOf(to));

/** What an account can sign in with. */
export type SignInWays = Reachable & { username: string | null; hasPassword: boolean };

const knownAs = (ways: SignInWays, identifier: Identifier): string | null =>
  identifier === 'username' ? ways.username : ways[userField[identifier]];

/** Whether an account with this can sign in. @param live the channels that messages go out by at present */
export const canSignIn = ({ signIn }: SignInExperience, ways: SignInWays, live: readonly Channel[]): boolean =>
  signIn.methods.some(({ identifier, verificationCode, password }) => {
    const getsCode = verificationCode && identifier !== 'username' && live.includes(channelOf[identifier]);
    const isKnown = identifier === 'username' ? ways.username !== null : allOf(ways, identifier).length > 0;
    return isKnown && (getsCode || (password && ways.hasPassword));
  });

/** @throws ApiError `user.last_sign_in_method_required` where nothing would be left to sign in with */
export function checkStillSignsIn(policy: SignInExperience, ways: SignInWays, live: readonly Channel[]): void {
  if (!canSignIn(policy, ways, live)) throw new ApiError('user.last_sign_in_method_required');
}

/** @throws ApiError `user.username_exists_in_profile` and the like for what the account has already */
export function checkLacks(ways: SignInWays, field: ProfileField): void {
  const has = field === 'password' ? ways.hasPassword : knownAs(ways, field) !== null;
  if (has) throw new ApiError(`user.${field}_exists_in_profile`);
}

/** What a new account still lacks. */
export function missingFromProfile({ signUp }: SignInExperience, profile: Profile): (AskedIdentifier | 'password')[] {
  const has = (identifier: Identifier) =>
    Boolean(identifier === 'username' ? profile.username : profile[userField[identifier]]);
  const missing = askedOf(signUp).filter((asked) => !servesFor(asked).some(has));
  return signUp.password && !profile.passwordDigest ? [...missing, 'password'] : missing;
}
