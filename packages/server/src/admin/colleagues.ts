import type { Passwords } from '../accounts/passwords.ts';
import { ApiError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import {
  deleteAdministrator,
  deleteAdministratorUnlessLast,
  insertAdministrator,
  listAdministrators,
} from '../store/administrators.ts';
import type { AdministratorsTable } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { type Credentials, checkCredentials, newAdministratorRow } from './credentials.ts';

/** An administrator as the others see them. Times are milliseconds since the epoch. */
export type ListedAdministrator = { id: string; username: string; createdAt: number; lastSignInAt: number | null };

/** What administrators do about each other. */
export function createColleagues({
  store,
  platform,
  passwords,
}: {
  store: Store;
  platform: Platform;
  passwords: Passwords;
}) {
  return {
    /** Every administrator, by name. */
    list: async (): Promise<ListedAdministrator[]> => (await listAdministrators(store)).map(toListed),

    /** @throws ApiError `guard.invalid_input`, `password.rejected`, `user.username_already_in_use` */
    async create(credentials: Credentials): Promise<ListedAdministrator> {
      checkCredentials(credentials);
      const row = await newAdministratorRow(credentials, { platform, passwords });
      if (!(await insertAdministrator(store, row))) throw new ApiError('user.username_already_in_use');
      return toListed(row);
    },

    /**
     * Deletes another administrator and ends their sessions.
     * @throws ApiError `administrator.cannot_delete_self`, `entity.not_found`
     */
    async delete(id: string, deletedBy: string): Promise<void> {
      if (id === deletedBy) throw new ApiError('administrator.cannot_delete_self');
      if (!(await deleteAdministrator(store, id, deletedBy))) throw new ApiError('entity.not_found');
    },

    /** Deletes an administrator for the operator of the server, and ends their sessions. @returns whether there is another one */
    deleteUnlessLast: (id: string): Promise<boolean> => deleteAdministratorUnlessLast(store, id),
  };
}

const toListed = ({ id, username, created_at, last_sign_in_at }: AdministratorsTable): ListedAdministrator => ({
  id,
  username,
  createdAt: created_at,
  lastSignInAt: last_sign_in_at,
});
