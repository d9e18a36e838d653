import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client.ts';

/** The password and, with two steps, a code. */
export type Proof = { currentPassword: string; code: string };

/** The open sessions of whoever asks, newest first. */
export const sessionsQuery = queryOptions({
  queryKey: ['console-sessions'],
  queryFn: () => unwrap(api.GET('/api/console/sessions')),
});

/**
 * Changes one's own password; ends one's other sessions.
 * @throws ApiError `session.invalid_credentials`, `password.rejected`
 */
export const changePassword = (body: { currentPassword: string; newPassword: string }) =>
  unwrap(api.POST('/api/console/password', { body }));

/** Ends one of one's own sessions. */
export const endSession = (id: string) =>
  unwrap(api.DELETE('/api/console/sessions/{id}', { params: { path: { id } } }));

/** Ends all of them but the one in use. */
export const endOtherSessions = () => unwrap(api.DELETE('/api/console/sessions'));

/** Makes a secret for an authenticator app, which does not count yet. @throws ApiError `session.invalid_credentials` */
export const beginTwoStep = (body: Pick<Proof, 'currentPassword'>) =>
  unwrap(api.POST('/api/console/two-step', { body }));

/** Makes it count; ends one's other sessions. @throws ApiError `session.invalid_code` */
export const confirmTwoStep = (body: Pick<Proof, 'code'>) =>
  unwrap(api.POST('/api/console/two-step/confirm', { body }));

/** Turns it off; ends one's other sessions. @throws ApiError `session.invalid_credentials`, `session.invalid_code` */
export const turnOffTwoStep = (body: Proof) => unwrap(api.POST('/api/console/two-step/turn-off', { body }));

/** Makes new recovery codes in place of the old ones. @throws ApiError as above */
export const renewRecoveryCodes = (body: Proof) => unwrap(api.POST('/api/console/two-step/recovery-codes', { body }));
