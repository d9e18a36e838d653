import type { Store } from './store.ts';
import type { UserRow } from './users.ts';

/** Who a user is, for an import. */
export type Identity = Pick<UserRow, 'id' | 'phone' | 'email_key' | 'username'>;

/** The users with one of these ids, numbers (E.164), addresses (in lower case) or usernames. */
export function findIdentities(
  { db }: Store,
  { ids, phones, emails, usernames }: Record<'ids' | 'phones' | 'emails' | 'usernames', string[]>,
): Promise<Identity[]> {
  return db
    .selectFrom('users')
    .select(['id', 'phone', 'email_key', 'username'])
    .where(({ eb, or }) =>
      or([
        ...(ids.length > 0 ? [eb('id', 'in', ids)] : []),
        ...(phones.length > 0 ? [eb('phone', 'in', phones)] : []),
        ...(emails.length > 0 ? [eb('email_key', 'in', emails)] : []),
        ...(usernames.length > 0 ? [eb('username', 'in', usernames)] : []),
      ]),
    )
    .execute();
}

/** Makes users in one statement, but for those whose id, number, address or username is another's. @returns the ids of those made */
export async function insertUsersUnlessTaken(store: Store, users: readonly UserRow[]): Promise<Set<string>> {
  if (users.length === 0) return new Set();
  const insert = store.db
    .insertInto('users')
    .values(users)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .compile();
  // Two imports at once may wait for each other's rows.
  const [made] = await store.atomically([insert]);
  return new Set(made.map(({ id }) => id));
}
