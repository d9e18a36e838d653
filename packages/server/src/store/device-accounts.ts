import type { Store } from './store.ts';

/** What an account is typed by. */
export type AccountField = 'id' | 'phone' | 'username';

/** An account that a browser has signed in to; sign-ins from before `validFrom` (milliseconds) are void. */
export type AccountOfDevice = {
  id: string;
  phone: string | null;
  username: string | null;
  validFrom: number | null;
};

/** The accounts with these ids that there still are. */
export function listAccountsOfDevice(
  { db }: Store,
  type: 'user' | 'administrator',
  ids: readonly string[],
): Promise<AccountOfDevice[]> {
  if (type === 'user') {
    return db
      .selectFrom('users')
      .select(['id', 'phone', 'username', 'sessions_valid_from as validFrom'])
      .where('id', 'in', ids)
      .execute();
  }
  // Nothing but a new password sets this time; it ends the sessions of an administrator.
  return db
    .selectFrom('administrators')
    .select((row) => ['id', row.val(null).as('phone'), 'username', 'updated_at as validFrom'])
    .where('id', 'in', ids)
    .execute();
}
