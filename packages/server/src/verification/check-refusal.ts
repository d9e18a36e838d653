import { ApiError } from '../errors.ts';
import type { RecipientKey } from '../messaging/recipient.ts';
import { isLockedBy } from '../store/check-statements.ts';
import type { CheckOutcome } from '../store/checks.ts';
import type { Counter } from '../store/failure-policy.ts';
import type { Told } from '../webhooks/telling.ts';

/** That so many answers were wrong that no more are taken. */
export const lockedOut = ({ channel, key: value }: RecipientKey, check: { id: string; counter: Counter }): Told => ({
  event: 'Identifier.Lockout',
  data: { identifier: { type: channel === 'Email' ? 'email' : 'phone', value }, method: 'verification-code' },
  onlyIf: () => isLockedBy({ ...check, recipient: value }),
});

/** How an answer that is not right is refused. */
export function refusalOf(result: Exclude<CheckOutcome, { outcome: 'right' }>): ApiError {
  switch (result.outcome) {
    case 'wrong':
      return new ApiError('verification_code.code_mismatch', { triesLeft: result.triesLeft });
    case 'not-found':
      return new ApiError('verification_code.not_found');
    case 'expired':
      return new ApiError('verification_code.expired');
    case 'exhausted':
      return new ApiError('verification_code.exceed_max_try');
    case 'locked':
      return new ApiError('session.verification_blocked_too_many_attempts', { locked: true });
    case 'blocked':
      return new ApiError('session.verification_blocked_too_many_attempts', {
        locked: false,
        retryAfterSeconds: Math.ceil(result.retryAfterMs / 1000),
      });
  }
}
