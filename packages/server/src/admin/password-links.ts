import { checkNewPassword } from '../accounts/password-rules/new-password.ts';
import type { Passwords } from '../accounts/passwords.ts';
import { ApiError } from '../errors.ts';
import { defaultPasswordPolicy } from '../password-policy.ts';
import { newId, type Platform } from '../platform.ts';
import { findAdministratorLink, replaceAdministratorLink, useAdministratorLink } from '../store/administrator-links.ts';
import { findAdministrator } from '../store/administrators.ts';
import type { Store } from '../store/store.ts';
import type { Administrator } from './administrator.ts';
import { digestToken, newToken } from './tokens.ts';

const linkMs = 30 * 60_000;

/** Links by which administrators who cannot sign in choose a new password. */
export function createPasswordLinks({
  store,
  platform,
  passwords,
}: {
  store: Store;
  platform: Platform;
  passwords: Passwords;
}) {
  const find = (token: string) => findAdministratorLink(store, digestToken(token), platform.now());

  return {
    /**
     * Opens a link for half an hour, in place of any earlier one of this administrator. Only a digest is kept.
     * @returns its token, and when it ends, in milliseconds since the epoch
     * @throws ApiError `entity.not_found`
     */
    async open(administratorId: string): Promise<{ token: string; expiresAt: number }> {
      if (!(await findAdministrator(store, 'id', administratorId))) throw new ApiError('entity.not_found');
      const token = newToken(platform);
      const now = platform.now();
      const expiresAt = now + linkMs;
      await replaceAdministratorLink(store, {
        token_digest: digestToken(token),
        administrator_id: administratorId,
        created_at: now,
        expires_at: expiresAt,
        last_use_id: null,
      });
      return { token, expiresAt };
    },

    /** Whose link it is; `undefined` when it was used, replaced, has expired, or the password was changed. */
    find: (token: string): Promise<Administrator | undefined> => find(token),

    /**
     * Sets the password, turns two-step sign-in off, ends the sessions, and uses the link up. Of several uses at once
     * one succeeds.
     * @returns whose password it is now; `undefined` as above
     * @throws ApiError `password.rejected`; the link then stays open
     */
    async use({ token, password }: { token: string; password: string }): Promise<Administrator | undefined> {
      const administrator = await find(token);
      if (!administrator) return undefined;
      checkNewPassword(password, defaultPasswordPolicy, administrator);
      return useAdministratorLink(store, {
        tokenDigest: digestToken(token),
        useId: newId(platform),
        passwordDigest: await passwords.hash(password, 'first'),
        now: platform.now(),
      });
    },
  };
}
