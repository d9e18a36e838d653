import type { TrustedDevice, TrustedDevices } from '../accounts/trusted-devices.ts';
import type { AccountCenterStore, AccountField } from '../experience/account-center.ts';
import type { AccountAccess } from './account-access.ts';
import { checkMaySee } from './account-fields.ts';

type Deps = {
  trustedDevices: TrustedDevices;
  accountCenter: AccountCenterStore;
  admitChange: (access: AccountAccess, field: AccountField, proof?: { isProven: boolean }) => Promise<void>;
};

/** The browsers that signed-in users trust. */
export function createAccountTrustedDevices({ trustedDevices, accountCenter, admitChange }: Deps) {
  return {
    /**
     * The latest first, and whether it is the one that asks.
     * @throws ApiError `account_center.field_not_enabled`, `auth.unauthorized`
     */
    async list({ userId, scopes, client }: AccountAccess): Promise<(TrustedDevice & { isCurrent: boolean })[]> {
      checkMaySee(await accountCenter.read(), scopes, 'trustedDevice');
      const [all, own] = [await trustedDevices.list(userId), await trustedDevices.find(client, userId)];
      return all.map((one) => ({ ...one, isCurrent: one.id === own?.id }));
    },

    /**
     * Trusts one no more; as that has more asked for, it takes no proof of the person.
     * @returns whether it was trusted
     * @throws ApiError `account_center.*`, `auth.unauthorized`, `request.sign_in_rate_limited`
     */
    async end(access: AccountAccess, id: string): Promise<boolean> {
      await admitChange(access, 'trustedDevice', { isProven: false });
      return trustedDevices.end(access.userId, id);
    },
  };
}
