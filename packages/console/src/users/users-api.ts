import { queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapPage } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { shownAddress } from '../shell/shown-address.ts';

/** What the Console shows of a user. */
export type User = Pick<
  paths['/api/users/{userId}']['get']['responses'][200]['content']['application/json'],
  | 'id'
  | 'username'
  | 'primaryPhone'
  | 'primaryEmail'
  | 'name'
  | 'customData'
  | 'lastSignInAt'
  | 'createdAt'
  | 'isSuspended'
  | 'hasPassword'
  | 'otherEmails'
>;
/** What can be changed about a user; an empty text takes it away. */
export type UserFields = { name: string; username: string; primaryPhone: string; primaryEmail: string };

/** Where everything about users is kept. */
export const usersKey = ['users'] as const;

/** A page of the users that match. @throws ApiError */
export const readUsers = (query: NonNullable<paths['/api/users']['get']['parameters']['query']>) =>
  unwrapPage<User>(api.GET('/api/users', { params: { query } }));

/** One user. */
export const userQuery = (userId: string) =>
  queryOptions({
    queryKey: [...usersKey, userId],
    queryFn: (): Promise<User> => unwrap(api.GET('/api/users/{userId}', { params: { path: { userId } } })),
  });

/** What a user wants of a second factor. */
export const secondFactorQuery = (userId: string) =>
  queryOptions({
    queryKey: [...usersKey, userId, 'second-factor'],
    queryFn: () => unwrap(api.GET('/api/users/{userId}/logto-configs', { params: { path: { userId } } })),
  });

/** What a user has for a second step that is set up by itself. */
export type Verification = Pick<
  paths['/api/users/{userId}/mfa-verifications']['get']['responses'][200]['content']['application/json'][number],
  'id' | 'createdAt' | 'lastUsedAt' | 'type'
>;

/** The authenticator app and the backup codes of a user. */
export const verificationsQuery = (userId: string) =>
  queryOptions({
    queryKey: [...usersKey, userId, 'verifications'],
    queryFn: () => unwrap(api.GET('/api/users/{userId}/mfa-verifications', { params: { path: { userId } } })),
  });

/** Ends one of them. */
export const endVerification = (userId: string, verificationId: string) =>
  unwrap(
    api.DELETE('/api/users/{userId}/mfa-verifications/{verificationId}', {
      params: { path: { userId, verificationId } },
    }),
  );

/** Makes a user; empty fields are left out. @throws ApiError at the field at fault */
export function createUser(fields: UserFields & { password: string }): Promise<User> {
  const given = Object.fromEntries(Object.entries(trimmed(fields)).filter(([, value]) => value !== ''));
  const body = { ...given, ...(fields.password !== '' && { password: fields.password }) };
  return unwrap(api.POST('/api/users', { body }));
}

/** Changes a user; `customData` is whatever was typed. @throws ApiError at the fields at fault */
export const updateUser = (
  userId: string,
  { customData, ...fields }: UserFields & { customData: unknown },
): Promise<User> =>
  unwrap(
    api.PATCH('/api/users/{userId}', {
      params: { path: { userId } },
      body: { ...trimmed(fields), customData: customData as User['customData'] },
    }),
  );

/** Keeps a user from signing in, or lets them again. */
export const suspendUser = (userId: string, isSuspended: boolean): Promise<User> =>
  unwrap(api.PATCH('/api/users/{userId}/is-suspended', { params: { path: { userId } }, body: { isSuspended } }));

/** Sets the password. @throws ApiError `password.rejected` */
export const setPassword = (userId: string, password: string): Promise<User> =>
  unwrap(api.PATCH('/api/users/{userId}/password', { params: { path: { userId } }, body: { password } }));

/** Deletes a user for good. */
export const deleteUser = (userId: string) =>
  unwrap(api.DELETE('/api/users/{userId}', { params: { path: { userId } } }));

/** What a user is called in headings and links: the first of these that is there. */
export const nameOf = ({ name, username, primaryPhone, primaryEmail, id }: User): string =>
  name ?? username ?? primaryPhone ?? (primaryEmail === null ? id : shownAddress(primaryEmail));

const trimmed = ({ name, username, primaryPhone, primaryEmail }: UserFields): UserFields => ({
  name: name.trim(),
  username: username.trim(),
  primaryPhone: primaryPhone.trim(),
  primaryEmail: primaryEmail.trim(),
});
