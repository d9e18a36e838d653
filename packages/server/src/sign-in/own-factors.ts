import type { Authenticators } from '../accounts/authenticators.ts';
import type { User } from '../accounts/user-record.ts';
import { type FactorType, factorTypes, isMandatory, type Mfa } from '../experience/second-factors.ts';
import { userField } from './user-recipients.ts';

/** What can come second for one user. */
export function createOwnFactors({ authenticators }: { authenticators: Authenticators }) {
  return {
    /** The factors of the policy that a user has something for. */
    async has(mfa: Mfa, user: User): Promise<FactorType[]> {
      const types = factorTypes(mfa);
      const hasApp = types.includes('totp') && (await authenticators.find(user.id)) !== undefined;
      return types.filter((type) => (type === 'totp' ? hasApp : user[userField[type]] !== null));
    },

    /** The factors of the policy that a user has something for, and wants. */
    async wanted(mfa: Mfa, { user, skipsSecondFactor }: { user: User; skipsSecondFactor: boolean }) {
      return !isMandatory(mfa) && skipsSecondFactor ? [] : this.has(mfa, user);
    },
  };
}
export type OwnFactors = ReturnType<typeof createOwnFactors>;
