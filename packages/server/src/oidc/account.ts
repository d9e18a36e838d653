import type { Account } from 'oidc-provider';
import type { Store } from '../store/store.ts';
import { findUser, type UserRow } from '../store/users.ts';

/**
 * The claims by the scope that asks for them (OpenID Connect Core 1.0, section 5.4); `custom_data` is Logto's. The ID
 * token holds all but the custom data, which may be large.
 */
export const claimsByScope = {
  openid: ['sub'],
  profile: ['name', 'username'],
  phone: ['phone_number', 'phone_number_verified'],
  custom_data: ['custom_data'],
};

/**
 * The user with this id as oidc-provider wants it. One who is suspended or deleted is nobody, and so is one whose
 * sessions were ended after the sign-in (seconds since the epoch) that a session or a token comes from: a request that
 * was under way meanwhile may have written it back.
 */
export async function findAccount(store: Store, id: string, signedInAt?: number): Promise<Account | undefined> {
  const user = id.includes('\0') ? undefined : await findUser(store, 'id', id);
  if (!user || user.is_suspended) return undefined;
  if (signedInAt !== undefined && signedInAt < Math.floor((user.sessions_valid_from ?? 0) / 1000)) return undefined;
  return { accountId: user.id, claims: (use) => claimsOf(user, use) };
}

function claimsOf({ id, name, username, phone, custom_data: customData }: UserRow, use: string) {
  return {
    sub: id,
    ...(name !== null && { name }),
    ...(username !== null && { username }),
    ...(phone !== null && { phone_number: phone, phone_number_verified: true }),
    ...(use === 'userinfo' && { custom_data: JSON.parse(customData) }),
  };
}
