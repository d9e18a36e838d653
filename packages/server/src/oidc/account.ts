import type { Account } from 'oidc-provider';
import { findUserInSession } from '../store/oidc-sessions.ts';
import type { Store } from '../store/store.ts';
import { findUser, type UserRow } from '../store/users.ts';
import { profileClaimNames, profileClaims } from './profile-claims.ts';

/**
 * The claims by the scope that asks for them (OpenID Connect Core 1.0, section 5.4); `custom_data` is Logto's. The ID
 * token holds all but the custom data, which may be large.
 */
export const claimsByScope = {
  openid: ['sub', 'auth_time', 'acr', 'amr'],
  profile: ['name', 'username', 'picture', ...profileClaimNames],
  address: ['address'],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
  custom_data: ['custom_data'],
};

/** What a session or a token is of. Times are whole seconds since the epoch. */
export type SignInOrigin = {
  /** When the sign-in was. */
  signedInAt?: number | undefined;
  /** When the token was made, where nothing says when the sign-in was. */
  issuedAt?: number | undefined;
  /** The uid of the session. */
  session?: string | undefined;
};

/**
 * The user with this id as oidc-provider wants it. One who is suspended or deleted is nobody, and so is one whose
 * sessions, or the very session, were ended after the sign-in that a session or a token comes from: a request that was
 * under way meanwhile may have written it back.
 * @param seen who was found to be in this session a moment ago
 */
export async function findAccount(
  store: Store,
  id: string,
  origin: SignInOrigin,
  seen?: UserRow,
): Promise<Account | undefined> {
  if (id.includes('\0')) return undefined;
  const { session } = origin;
  const find = () => (session === undefined ? findUser(store, 'id', id) : findUserInSession(store, id, session));
  const user = seen ?? (await find());
  if (!user || user.is_suspended || isVoid(user, origin)) return undefined;
  return { accountId: user.id, claims: (use) => claimsOf(user, use) };
}

/** Sign-ins are of a later second than the end of the sessions before them; a token may be of the same. */
function isVoid(
  { sessions_valid_from: validFrom, kept_session: kept }: UserRow,
  { signedInAt, issuedAt, session }: SignInOrigin,
): boolean {
  if (validFrom === null || (session !== undefined && session === kept)) return false;
  const endedAt = Math.floor(validFrom / 1000);
  return signedInAt === undefined ? issuedAt !== undefined && issuedAt < endedAt : signedInAt <= endedAt;
}

function claimsOf(
  { id, name, username, avatar, phone, email, profile, custom_data: customData }: UserRow,
  use: string,
) {
  return {
    sub: id,
    ...(name !== null && { name }),
    ...(username !== null && { username }),
    ...(avatar !== null && { picture: avatar }),
    ...profileClaims(JSON.parse(profile)),
    ...(email !== null && { email, email_verified: true }),
    ...(phone !== null && { phone_number: phone, phone_number_verified: true }),
    ...(use === 'userinfo' && { custom_data: JSON.parse(customData) }),
  };
}
