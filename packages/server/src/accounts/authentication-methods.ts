/** How somebody has shown who they are, as tokens say it (`amr`, RFC 8176); a code by mail and a backup code are `otp`, too. */
export type AuthenticationMethod = 'pwd' | 'sms' | 'otp';

/** What can come second. */
export type SecondFactor = 'phone' | 'email' | 'totp';

/** What each is called there. */
export const methodOfFactor = {
  phone: 'sms',
  email: 'otp',
  totp: 'otp',
} as const satisfies Record<SecondFactor, AuthenticationMethod>;

/** What a sign-in rests on. */
export type SignInMethods = {
  /** What says who it is; a session stands for what it rests on itself. */
  first: AuthenticationMethod | 'session';
  /** What came second, if something did in this very sign-in. */
  second: AuthenticationMethod | undefined;
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
  return { acr: twoFactors, amr: [...new Set([...firsts, second, several])] };
}

/** Whether a session may rest on what would come second; the code of an app comes first nowhere. */
export const mayRestOn = (amr: readonly string[], factor: SecondFactor): boolean =>
  factor !== 'totp' && amr.includes(methodOfFactor[factor]);
