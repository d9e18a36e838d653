import type { Passwords } from '../accounts/passwords.ts';
import { ApiError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import { refusalOf } from '../refusals.ts';
import type { Asking } from '../store/administrator-lock.ts';
import {
  deleteAdministrator,
  deleteAdministratorUnlessLast,
  findAdministrator,
  insertAdministrator,
  listAdministrators,
  setAdministratorRole,
} from '../store/administrators.ts';
import type { Store } from '../store/store.ts';
import { type Credentials, checkCredentials, credentialRefusals, newAdministratorRow } from './credentials.ts';
import type { Role } from './roles.ts';
import { checkSession } from './sessions.ts';

/** An administrator as the owners see them. Times are milliseconds since the epoch. */
export type ListedAdministrator = {
  id: string;
  username: string;
  role: Role;
  /** Since when they sign in with two steps; null where they do not. */
  twoStepSince: number | null;
  createdAt: number;
  lastSignInAt: number | null;
};

/** What owners do about administrators. */
export function createColleagues({
  store,
  platform,
  passwords,
}: {
  store: Store;
  platform: Platform;
  passwords: Passwords;
}) {
  async function checkOwner(asking: Asking): Promise<void> {
    await checkSession(store, asking);
    const row = await findAdministrator(store, 'id', asking.administratorId);
    if (row?.role !== 'owner') throw new ApiError('auth.forbidden', { requiredRole: 'owner' });
  }

  return {
    /** Every administrator, by name. */
    list: async (): Promise<ListedAdministrator[]> => (await listAdministrators(store)).map(toListed),

    /**
     * @param asking nobody where the server itself makes one
     * @throws ApiError `guard.invalid_input`, `password.rejected`, `user.username_already_in_use`; `auth.unauthorized`,
     * `auth.forbidden` for somebody who is not signed in or no owner now
     */
    async create(
      { role, ...credentials }: Credentials & { role: Role },
      asking?: Asking,
    ): Promise<ListedAdministrator> {
      checkCredentials(credentials);
      const row = await newAdministratorRow({ ...credentials, role }, { platform, passwords });
      if (!(await insertAdministrator(store, row, asking))) {
        if (asking) await checkOwner(asking);
        throw new ApiError('user.username_already_in_use');
      }
      return toListed({ ...row, two_step_since: null });
    },

    /** All that is wrong with the credentials of a new administrator, of which one may be missing. */
    async refusals(credentials: Partial<Credentials>): Promise<ApiError[]> {
      const checkFree = async (username: string) => {
        if (await findAdministrator(store, 'username', username)) {
          throw new ApiError('user.username_already_in_use');
        }
      };
      const { username } = credentials;
      const taken = username === undefined ? [] : await refusalOf('username', checkFree(username));
      return [...credentialRefusals(credentials), ...taken];
    },

    /**
     * Gives an administrator a role, from the next request on.
     * @throws ApiError `administrator.last_owner`, `entity.not_found`, `auth.unauthorized`, `auth.forbidden` as above
     */
    async setRole(id: string, role: Role, asking: Asking): Promise<void> {
      if (await setAdministratorRole(store, { id, role, asking })) return;
      await checkOwner(asking);
      throw new ApiError((await findAdministrator(store, 'id', id)) ? 'administrator.last_owner' : 'entity.not_found');
    },

    /**
     * Deletes another administrator and ends their sessions.
     * @throws ApiError `administrator.cannot_delete_self`, `entity.not_found`, `auth.unauthorized`, `auth.forbidden` as
     * above
     */
    async delete(id: string, asking: Asking): Promise<void> {
      if (id === asking.administratorId) throw new ApiError('administrator.cannot_delete_self');
      if (await deleteAdministrator(store, id, asking)) return;
      await checkOwner(asking);
      throw new ApiError('entity.not_found');
    },

    /**
     * Deletes an administrator for the operator of the server, and ends their sessions.
     * @returns whether there is another owner
     */
    deleteUnlessLast: (id: string): Promise<boolean> => deleteAdministratorUnlessLast(store, id),
  };
}

const toListed = (row: Awaited<ReturnType<typeof listAdministrators>>[number]): ListedAdministrator => ({
  id: row.id,
  username: row.username,
  role: row.role,
  twoStepSince: row.two_step_since,
  createdAt: row.created_at,
  lastSignInAt: row.last_sign_in_at,
});
