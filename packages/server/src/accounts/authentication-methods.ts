/**
 * How somebody has shown who they are, as tokens say it (`amr`, RFC 8176); a code by mail and a backup code are `otp`,
 * too.
 */
export type AuthenticationMethod = 'pwd' | 'sms' | 'otp';

/** What can come second. */
export type SecondFactor = 'phone' | 'email' | 'totp';

/** What comes second, and what stands in for it. */
export type SecondMeans = SecondFactor | 'backup-code';

/** What each is called there. */
export const methodOfFactor = {
  phone: 'sms',
  email: 'otp',
  totp: 'otp',
  'backup-code': 'otp',
} as const satisfies Record<SecondMeans, AuthenticationMethod>;

/** What a sign-in rests on. */
export type SignInMethods = {
  /** What says who it is; a session stands for what it rests on itself. */
  first: AuthenticationMethod | 'session';
  /** What came second, if something did in this very sign-in. */
  second: SecondMeans | undefined;
};

/** That two methods have come, as RFC 8176 calls it. */
const several = 'mfa';

/** How well somebody has shown it (`acr`), by Logto's names: by one factor, or by a second one after it. */
export const contextClasses = ['urn:logto:acr:1fa', 'urn:logto:acr:mfa'] as const;
export const [oneFactor, twoFactors] = contextClasses;

/** @param before how the session was begun that somebody adds a second factor to */
export function claimsOf({ first, second }: SignInMethods, before: readonly string[] = []) {
  const firsts = first === 'session' ? before.filter((one) => one !== several) : [first];
  if (second === undefined) return { acr: oneFactor, amr: [...firsts] };
  return { acr: twoFactors, amr: [...new Set([...firsts, methodOfFactor[second], several])] };
}

/** Whether a session may rest on what would come second; codes of an app and backup codes come first nowhere. */
export const mayRestOn = (amr: readonly string[], means: SecondMeans): boolean =>
  (means === 'phone' || means === 'email') && amr.includes(methodOfFactor[means]);
