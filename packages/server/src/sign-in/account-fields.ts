import { recipientsOf, type User } from '../accounts/user-record.ts';
import { ApiError } from '../errors.ts';
import { type AccountCenter, type AccountField, controlOf } from '../experience/account-center.ts';

/** The scopes of an access token; `undefined` for the account page, which is Sesame's own. */
export type AccountScopes = ReadonlySet<string> | undefined;

/** What a user sees of the own account: what the token may see, of what is switched on. */
export type VisibleAccount = Pick<User, 'id'> & Partial<User> & { hasSecurityVerificationMethod: boolean };

/** The scope that seeing or changing takes; a password is never seen, and changing it takes none. */
const scopes: Partial<Record<AccountField, string>> = {
  name: 'profile',
  avatar: 'profile',
  username: 'profile',
  profile: 'profile',
  email: 'email',
  phone: 'phone',
  customData: 'custom_data',
  social: 'identities',
  mfa: 'identities',
  trustedDevice: 'urn:logto:scope:trusted_devices',
};

/** @throws ApiError `auth.unauthorized`, with status 400 as at Logto */
export function requireScope(given: AccountScopes, scope: string | undefined): void {
  const isMissing = given !== undefined && scope !== undefined && !given.has(scope);
  if (isMissing) throw new ApiError('auth.unauthorized', { scope }, 400);
}

/** @throws ApiError `account_center.not_enabled`, `account_center.field_not_editable`, `auth.unauthorized` */
export function checkMayChange(center: AccountCenter, given: AccountScopes, ...fields: AccountField[]): void {
  if (!center.enabled) throw new ApiError('account_center.not_enabled');
  for (const field of fields) {
    if (controlOf(center, field) !== 'Edit') throw new ApiError('account_center.field_not_editable', { field });
  }
  for (const field of fields) requireScope(given, scopes[field]);
}

/** @throws ApiError `account_center.field_not_enabled`, `auth.unauthorized` */
export function checkMaySee(center: AccountCenter, given: AccountScopes, field: AccountField): void {
  if (controlOf(center, field) === 'Off') throw new ApiError('account_center.field_not_enabled', { field });
  requireScope(given, scopes[field]);
}

/** Whether a token sees this of its user; on the account page people see what is theirs. */
export const maySee = (center: AccountCenter, given: AccountScopes, field: AccountField): boolean =>
  given === undefined || (controlOf(center, field) !== 'Off' && given.has(scopes[field] ?? 'profile'));

/** @param given the scopes of the token */
export function toVisible(user: User, center: AccountCenter, given: ReadonlySet<string>): VisibleAccount {
  const sees = (field: AccountField) => maySee(center, given, field);
  const { id, name, avatar, username, primaryEmail, primaryPhone, customData, identities, hasPassword } = user;
  const { otherEmails, otherPhones } = user;
  const { lastSignInAt, createdAt, updatedAt, applicationId, isSuspended } = user;
  return {
    id,
    ...(sees('name') && { name }),
    ...(sees('avatar') && { avatar }),
    ...(sees('username') && { username }),
    ...(sees('email') && { primaryEmail, ...(otherEmails && { otherEmails }) }),
    ...(sees('phone') && { primaryPhone, ...(otherPhones && { otherPhones }) }),
    ...(sees('profile') && { profile: toVisibleProfile(user, given) }),
    ...(sees('customData') && { customData }),
    ...(sees('social') && { identities }),
    ...(sees('password') && { hasPassword }),
    ...(given.has('profile') && { lastSignInAt, createdAt, updatedAt, applicationId, isSuspended }),
    hasSecurityVerificationMethod: hasPassword || recipientsOf(user).length > 0,
  };
}

/** The address has a scope of its own (OpenID Connect Core 1.0, section 5.4). */
export function toVisibleProfile({ profile }: User, given: ReadonlySet<string>): User['profile'] {
  const { address, ...rest } = profile;
  return { ...rest, ...(given.has('address') && address !== undefined && { address }) };
}
