import { type Slot, statement } from './statement.ts';
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
  store: Store,
  type: 'user' | 'administrator',
  ids: readonly string[],
): Promise<AccountOfDevice[]> {
  return store.run((type === 'user' ? listUsers : listAdministrators)(store, ids));
}

type Ids = readonly string[];
const countOf = (ids: Ids) => ids.length;
const slotsOf = (slot: Slot<Ids>, { length }: Ids) =>
  Array.from({ length }, (_, index) => slot((ids) => ids[index] ?? ''));

const listUsers = statement<Ids, AccountOfDevice>(
  (slot, db, ids) =>
    db
      .selectFrom('users')
      .select(['id', 'phone', 'username', 'sessions_valid_from as validFrom'])
      .where('id', 'in', slotsOf(slot, ids)),
  countOf,
);

/** Nothing but a new password sets the time of an administrator; it ends its sessions. */
const listAdministrators = statement<Ids, AccountOfDevice>(
  (slot, db, ids) =>
    db
      .selectFrom('administrators')
      .select((row) => ['id', row.val(null).as('phone'), 'username', 'updated_at as validFrom'])
      .where('id', 'in', slotsOf(slot, ids)),
  countOf,
);
