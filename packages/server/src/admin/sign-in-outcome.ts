import type { Administrator } from './administrator.ts';

/** A password that was not taken. */
export type Refusal =
  /** No such administrator, or another password: one cannot tell which. */
  { outcome: 'refused' } | { outcome: 'limited'; retryAfterSeconds: number };

/** What came of typing a username, a password and, for two steps, a code. */
export type SignInOutcome =
  | { outcome: 'signed-in'; administrator: Administrator; token: string; expiresAt: number }
  | Refusal
  /** The password was right; the code is missing or wrong. */
  | { outcome: 'code-required' | 'wrong-code' };
