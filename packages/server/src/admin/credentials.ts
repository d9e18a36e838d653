import { checkNewPassword } from '../accounts/password-rules/new-password.ts';
import type { Passwords } from '../accounts/passwords.ts';
import type { ApiError } from '../errors.ts';
import { defaultPasswordPolicy } from '../password-policy.ts';
import { newId, type Platform } from '../platform.ts';
import { refusalsOf, refusedField } from '../refusals.ts';
import type { AdministratorsTable } from '../store/tables/administrators.ts';
import type { Role } from './roles.ts';

/** What a new administrator signs in with. */
export type Credentials = { username: string; password: string };

const usernamePattern = /^[\w.@-]{1,128}$/;

/** @throws ApiError `guard.invalid_input` for the username, `password.rejected` */
export function checkCredentials(credentials: Credentials): void {
  checkUsername(credentials);
  checkPassword(credentials);
}

/** All that is wrong with credentials, of which one may be missing. */
export const credentialRefusals = ({ username, password }: Partial<Credentials>): ApiError[] =>
  refusalsOf({
    username: () => username !== undefined && checkUsername({ username }),
    password: () => password !== undefined && checkPassword({ username: username ?? '', password }),
  });

/** @throws ApiError `guard.invalid_input` */
export function checkUsername({ username }: Pick<Credentials, 'username'>): void {
  if (!usernamePattern.test(username)) {
    throw refusedField('username', 'Use up to 128 letters, digits, dots, dashes, underscores and @.');
  }
}

/** @throws ApiError `password.rejected` */
export const checkPassword = ({ username, password }: Credentials): void =>
  checkNewPassword(password, defaultPasswordPolicy, { username });

/** A new administrator; of the password only the digest is kept. */
export async function newAdministratorRow(
  { username, password, role }: Credentials & { role: Role },
  { platform, passwords }: { platform: Platform; passwords: Passwords },
): Promise<AdministratorsTable> {
  const now = platform.now();
  const password_digest = await passwords.hash(password, 'first');
  return {
    id: newId(platform),
    username,
    password_digest,
    role,
    two_step_declined_at: null,
    created_at: now,
    updated_at: now,
    last_sign_in_at: null,
  };
}
