import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client.ts';

/** Everybody who may use the Console, by name. */
export const administratorsQuery = queryOptions({
  queryKey: ['administrators'],
  queryFn: () => unwrap(api.GET('/api/console/administrators')),
});

/** The open sessions of whoever asks, newest first. */
export const sessionsQuery = queryOptions({
  queryKey: ['console-sessions'],
  queryFn: () => unwrap(api.GET('/api/console/sessions')),
});

/** @throws ApiError `guard.invalid_input`, `password.rejected`, `user.username_already_in_use` */
export const addAdministrator = (body: { username: string; password: string }) =>
  unwrap(api.POST('/api/console/administrators', { body }));

/** Deletes another administrator and ends their sessions. */
export const removeAdministrator = (id: string) =>
  unwrap(api.DELETE('/api/console/administrators/{id}', { params: { path: { id } } }));

/** Changes one's own password; ends one's other sessions. @throws ApiError `session.invalid_credentials`, `password.rejected` */
export const changePassword = (body: { currentPassword: string; newPassword: string }) =>
  unwrap(api.POST('/api/console/password', { body }));

/** Ends one of one's own sessions. */
export const endSession = (id: string) =>
  unwrap(api.DELETE('/api/console/sessions/{id}', { params: { path: { id } } }));
