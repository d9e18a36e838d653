import type { UsageType } from '@sesame/connector-kit';
import type { UserIdentifier } from '../accounts/user-record.ts';
import type { Identifier } from '../experience/methods.ts';
import type { SignInExperience } from '../experience/sign-in-experience.ts';
import { type KeptRecipient, keptAt, readRecipient } from '../messaging/recipient.ts';
import type { VerificationRow } from '../store/verifications.ts';

/** What somebody proves, or is about to. Times are milliseconds since the epoch. */
export type Verification = {
  id: string;
  usageType: UsageType;
  createdAt: number;
  /** When it was completed, while that is fresh. */
  verifiedAt: number | undefined;
} & (
  | { type: 'code'; isUntyped: boolean; recipient: KeptRecipient; codeExpiresAt: number; resendAfter: number }
  | { type: 'password'; userId: string; typed: { type: Identifier | 'userId'; value: string } }
  | { type: 'session'; userId: string }
  | { type: 'new-identity'; username: string }
  | { type: 'backup-code'; userId: string }
  | { type: 'new-backup-codes'; userId: string }
  | { type: 'totp'; userId: string }
  | { type: 'new-totp'; userId: string }
);

/** What a code, of whatever kind, is for that comes after what says who it is. */
export const secondUsage = 'MfaVerification' satisfies UsageType;

/** How long a verification is good for once it is complete, in milliseconds. */
export const freshMs = 10 * 60_000;

/**
 * What a row says.
 * @param now milliseconds since the epoch
 */
export function verificationOf(
  row: VerificationRow,
  { messageRateLimitPolicy }: Pick<SignInExperience, 'messageRateLimitPolicy'>,
  now: number,
): Verification {
  const { id, usage_type: usageType, created_at: createdAt, verified_at } = row;
  const isFresh = verified_at !== null && verified_at + freshMs > now;
  const common = { id, usageType, createdAt, verifiedAt: isFresh ? verified_at : undefined };
  if (row.user_id !== null && usageType === secondUsage) {
    return { ...common, type: secondTypeOf(row), userId: row.user_id };
  }
  if (row.user_id !== null && row.session_id !== null) return { ...common, type: 'session', userId: row.user_id };
  if (row.user_id !== null) return { ...common, type: 'password', userId: row.user_id, typed: typedWith(row) };
  if (!isOfCode(row)) return { ...common, type: 'new-identity', username: row.username ?? '' };
  return {
    ...common,
    type: 'code',
    recipient: keptAt(addressIn(row) ?? ''),
    isUntyped: row.is_untyped === 1,
    codeExpiresAt: row.code_expires_at ?? createdAt,
    resendAfter: (row.code_sent_at ?? createdAt) + messageRateLimitPolicy.resendInterval * 1000,
  };
}

function secondTypeOf({ authenticator_id, authenticator_secret, backup_codes }: VerificationRow) {
  if (authenticator_id !== null) return authenticator_secret === null ? 'totp' : 'new-totp';
  return backup_codes === null ? 'backup-code' : 'new-backup-codes';
}

/** The columns of who is proven, where nobody is yet. */
export const nobody = {
  phone: null,
  email: null,
  username: null,
  user_id: null,
  password_digest: null,
  backup_codes: null,
  authenticator_id: null,
  authenticator_secret: null,
  time_step: null,
  session_id: null,
  is_untyped: 0,
};

/** Whether it is about a code. */
export const isOfCode = ({ user_id, password_digest }: VerificationRow) => user_id === null && password_digest === null;

/** Whether a code was sent for it, an app is being set up by it, or it is complete. */
export const hasBegun = ({ code_sent_at, authenticator_id, verified_at }: VerificationRow) =>
  code_sent_at !== null || authenticator_id !== null || verified_at !== null;

/** The columns for what was typed with a password; an id nobody types. */
export function asTyped(identifier: UserIdentifier) {
  if ('phone' in identifier) return { phone: readRecipient(identifier.phone)?.address ?? null };
  if ('email' in identifier) return { email: readRecipient(identifier.email)?.address ?? null };
  return 'username' in identifier ? { username: identifier.username } : {};
}

/** Where the code went. */
export const addressIn = ({ phone, email }: VerificationRow): string | null => phone ?? email;
/** The key of that. */
export const keyIn = (row: VerificationRow): string | undefined => addressIn(row)?.toLowerCase();

function typedWith({ phone, email, username, user_id }: VerificationRow) {
  if (phone !== null) return { type: 'phone' as const, value: phone };
  if (email !== null) return { type: 'email' as const, value: email };
  if (username !== null) return { type: 'username' as const, value: username };
  return { type: 'userId' as const, value: user_id ?? '' };
}
