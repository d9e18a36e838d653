import { type Slot, statement } from './statement.ts';
import type { Store } from './store.ts';

/** What an account is typed by. */
export type AccountField = 'id' | 'phone' | 'email_key' | 'username';

/** That a browser has signed in to an account, and what it is known there as. */
export type DeviceOfAccount = { id: string; device: string };

/**
 * An account that a browser has signed in to, once for each of its devices that the account has forgotten, at least once;
 * sign-ins from before `validFrom` (milliseconds) are void.
 */
export type AccountOfDevice = {
  id: string;
  phone: string | null;
  email_key: string | null;
  username: string | null;
  /** As `others` of the user. */
  others: string | null;
  validFrom: number | null;
  forgotten: string | null;
};

/** The accounts that there still are. */
export function listAccountsOfDevice(
  store: Store,
  type: 'user' | 'administrator',
  devices: readonly DeviceOfAccount[],
): Promise<AccountOfDevice[]> {
  return store.run((type === 'user' ? listUsers : listAdministrators)(store, devices));
}

type Given = readonly DeviceOfAccount[];
const countOf = (devices: Given) => devices.length;
const slotsOf = (slot: Slot<Given>, { length }: Given, key: keyof DeviceOfAccount) =>
  Array.from({ length }, (_, index) => slot((devices) => devices[index]?.[key] ?? ''));

const listUsers = statement<Given, AccountOfDevice>(
  (slot, db, devices) =>
    db
      .selectFrom('users')
      .leftJoin('sign_ins', (join) =>
        join
          .onRef('sign_ins.user_id', '=', 'users.id')
          .on('sign_ins.device', 'in', slotsOf(slot, devices, 'device'))
          .on('sign_ins.forgotten_at', 'is not', null),
      )
      .select([
        'users.id',
        'users.phone',
        'users.email_key',
        'users.username',
        'users.others',
        'users.sessions_valid_from as validFrom',
        'sign_ins.device as forgotten',
      ])
      .where('users.id', 'in', slotsOf(slot, devices, 'id')),
  countOf,
);

/** Nothing but a new password sets the time of an administrator; it ends its sessions. */
const listAdministrators = statement<Given, AccountOfDevice>(
  (slot, db, devices) =>
    db
      .selectFrom('administrators')
      .select((row) => [
        'id',
        row.val(null).as('phone'),
        row.val(null).as('email_key'),
        'username',
        row.val(null).as('others'),
        'updated_at as validFrom',
        row.val(null).as('forgotten'),
      ])
      .where('id', 'in', slotsOf(slot, devices, 'id')),
  countOf,
);
