import type { PhoneChangesTable } from './schema.ts';
import type { Store } from './store.ts';

/** So many changes of one user's number are shown. */
const maxChanges = 100;

/** The numbers that a user has had, the latest change first. */
export function listPhoneChanges({ db }: Store, userId: string): Promise<PhoneChangesTable[]> {
  return db
    .selectFrom('phone_changes')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(maxChanges)
    .execute();
}
