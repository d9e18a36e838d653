import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import type { Role } from '../session/session.ts';

type Listed = paths['/api/console/administrators']['get']['responses'][200]['content']['application/json'];

/** Somebody who may use the Console. */
export type Administrator = Listed[number];

/** Everybody who may use the Console, by name. */
export const administratorsQuery = queryOptions({
  queryKey: ['administrators'],
  queryFn: () => unwrap(api.GET('/api/console/administrators')),
});

/** @throws ApiError `guard.invalid_input`, `password.rejected`, `user.username_already_in_use` */
export const addAdministrator = (body: { username: string; password: string; role: Role }) =>
  unwrap(api.POST('/api/console/administrators', { body }));

/** Deletes another administrator and ends their sessions. */
export const removeAdministrator = (id: string) =>
  unwrap(api.DELETE('/api/console/administrators/{id}', { params: { path: { id } } }));

/** Gives an administrator a role, from their next request on. @throws ApiError `administrator.last_owner` */
export const setRole = ({ id, role }: { id: string; role: Role }) =>
  unwrap(api.PATCH('/api/console/administrators/{id}', { params: { path: { id } }, body: { role } }));
