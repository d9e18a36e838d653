import { queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapList } from '../../api/client.ts';
import type { paths } from '../../api/schema.d.ts';
import { usersKey } from '../users-api.ts';

type Reply<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

/** What keeps a user from signing in. */
export type Access = Reply<'/api/users/{userId}/access'>;
export type RecipientLock = NonNullable<Access['lock']>;
export type PasswordLock = Access['passwordLock'];
export type SecondLock = Access['secondLock'];
export type SignIn = Reply<'/api/users/{userId}/sign-ins'>[number];
export type UserSession = Reply<'/api/users/{userId}/sessions'>['sessions'][number];
export type Device = Reply<'/api/users/{userId}/devices'>[number];
/** A change of a number or of an address; null for none. */
export type RecipientChange = Pick<Reply<'/api/users/{userId}/phone-history'>[number], 'id' | 'at' | 'by'> & {
  before: string | null;
  after: string | null;
};

/** So many of each are on the page of a user. */
export const shownAtOnce = 10;

const inPath = (userId: string) => ({ path: { userId } });

export const accessQuery = (userId: string) =>
  queryOptions({
    queryKey: [...usersKey, userId, 'access'],
    queryFn: () => unwrap(api.GET('/api/users/{userId}/access', { params: inPath(userId) })),
  });

/** The newest messages to the numbers and addresses that a user has. */
export const userMessagesQuery = (userId: string) =>
  queryOptions({
    queryKey: [...usersKey, userId, 'messages'],
    queryFn: () => unwrapList(api.GET('/api/messages', { params: { query: { userId, page_size: shownAtOnce } } })),
  });

export const signInsQuery = (userId: string, page: number) =>
  queryOptions({
    queryKey: [...usersKey, userId, 'sign-ins', page],
    queryFn: () => {
      const query = { page, page_size: shownAtOnce };
      return unwrapList(api.GET('/api/users/{userId}/sign-ins', { params: { ...inPath(userId), query } }));
    },
  });

export const userSessionsQuery = (userId: string) =>
  queryOptions({
    queryKey: [...usersKey, userId, 'sessions'],
    queryFn: async () => (await unwrap(api.GET('/api/users/{userId}/sessions', { params: inPath(userId) }))).sessions,
  });

export const devicesQuery = (userId: string) =>
  queryOptions({
    queryKey: [...usersKey, userId, 'devices'],
    queryFn: () => unwrap(api.GET('/api/users/{userId}/devices', { params: inPath(userId) })),
  });

export const trustedDevicesQuery = (userId: string) =>
  queryOptions({
    queryKey: [...usersKey, userId, 'trusted-devices'],
    queryFn: () => unwrap(api.GET('/api/users/{userId}/trusted-devices', { params: inPath(userId) })),
  });

export const recipientHistoryQuery = (userId: string, of: 'phone' | 'email') =>
  queryOptions({
    queryKey: [...usersKey, userId, `${of}-history`],
    queryFn: async (): Promise<RecipientChange[]> => {
      const params = inPath(userId);
      if (of === 'phone') {
        const changes = await unwrap(api.GET('/api/users/{userId}/phone-history', { params }));
        return changes.map(({ phoneBefore, phone, ...rest }) => ({ ...rest, before: phoneBefore, after: phone }));
      }
      const changes = await unwrap(api.GET('/api/users/{userId}/email-history', { params }));
      return changes.map(({ emailBefore, email, ...rest }) => ({ ...rest, before: emailBefore, after: email }));
    },
  });

/** Forgets wrong codes and wrong passwords. */
export const unlock = (userId: string) => unwrap(api.POST('/api/users/{userId}/unlock', { params: inPath(userId) }));

/** Signs one browser out, and takes away what applications were given there. */
export const endUserSession = (userId: string, sessionId: string) =>
  unwrap(
    api.DELETE('/api/users/{userId}/sessions/{sessionId}', {
      params: { path: { userId, sessionId }, query: { revokeGrantsTarget: 'all' } },
    }),
  );

/** Signs a user out everywhere. */
export const endUserSessions = (userId: string) =>
  unwrap(api.DELETE('/api/users/{userId}/sessions', { params: inPath(userId) }));

/** Makes a stranger of a browser. */
export const forgetDevice = (userId: string, deviceId: string) =>
  unwrap(api.DELETE('/api/users/{userId}/devices/{deviceId}', { params: { path: { userId, deviceId } } }));

/** Has a second code asked for in a browser again. */
export const endTrustedDevice = (userId: string, trustedDeviceId: string) =>
  unwrap(
    api.DELETE('/api/users/{userId}/trusted-devices/{trustedDeviceId}', {
      params: { path: { userId, trustedDeviceId } },
    }),
  );
