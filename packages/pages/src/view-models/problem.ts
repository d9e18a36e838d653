/** Why the page is shown again. Views put it at the field that it is about, or above the form. */
export type Problem = {
  reason: ProblemReason;
  /** How long to wait, where waiting helps. */
  waitSeconds?: number | undefined;
  /** How many more answers to this code are taken. */
  triesLeft?: number | undefined;
  /** What a new password breaks, where that is the reason. */
  broken?: readonly BrokenRule[] | undefined;
};

/** A rule for passwords that a new one breaks, with the number that it is about. */
export type BrokenRule = { rule: PasswordRule; limit?: number | undefined };

/** What a person can have got wrong, or has to wait for. */
export type ProblemReason =
  | 'phone-invalid'
  | 'phone-without-sms'
  | 'country-not-served'
  | 'phone-same'
  | 'email-invalid'
  | 'email-incomplete'
  | 'email-characters'
  | 'email-several'
  | 'email-domain-not-allowed'
  | 'email-without-mail'
  | 'email-same'
  | 'email-taken'
  | 'email-refused'
  | 'email-not-allowed'
  | 'email-with-plus'
  | 'identifier-invalid'
  | 'identifier-missing'
  | 'agree-missing'
  | 'username-invalid'
  | 'username-taken'
  | 'credentials-wrong'
  | 'code-malformed'
  | 'code-wrong'
  | 'code-not-of-app'
  | 'code-expired'
  | 'code-tried-too-often'
  | 'code-not-found'
  | 'code-locked'
  | 'backup-wrong'
  | 'backup-over'
  | 'password-missing'
  | 'password-wrong'
  | 'password-rejected'
  | 'password-same'
  | 'check-failed'
  | 'check-unavailable'
  | 'check-waiting'
  | 'resend-too-soon'
  | 'too-many-messages'
  | 'sending-paused'
  | 'too-many-attempts'
  | 'phone-refused'
  | 'sending-failed'
  | 'sending-unclear'
  | 'sending-broken'
  | 'sending-busy'
  | 'phone-taken'
  | 'last-way-to-sign-in'
  | 'suspended'
  | 'unavailable';

/** The rules for passwords; the words of `password.rejected`. */
export const passwordRules = [
  'too_short',
  'too_long',
  'character_types',
  'pwned',
  'restricted.repetition',
  'restricted.sequence',
  'restricted.words',
  'restricted.user_info',
] as const;
export type PasswordRule = (typeof passwordRules)[number];
