import { sql } from 'kysely';
import { otherRecipientsLock } from './other-recipients.ts';
import { text, whole } from './parameters.ts';
import type { Store } from './store.ts';
import type { AuthenticatorsTable, OtherRecipientsTable } from './tables/users.ts';
import { takenField, type UserRow } from './users.ts';

/** Who a user is, for an import. */
export type Identity = Pick<UserRow, 'id' | 'phone' | 'email_key' | 'username'>;

/**
 * The users with one of these ids, numbers (E.164), addresses (in lower case) or usernames. Whoever has another number or
 * address among them comes once more for each, with that as its own.
 */
export async function findIdentities(
  { db }: Store,
  { ids, phones, emails, usernames }: Record<'ids' | 'phones' | 'emails' | 'usernames', string[]>,
): Promise<Identity[]> {
  const primary = await db
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
  if (phones.length + emails.length === 0) return primary;
  const others = await db
    .selectFrom('other_recipients')
    .select(({ val }) => ['user_id as id', 'phone', 'email_key', val(null).as('username')])
    .where(({ eb, or }) =>
      or([
        ...(phones.length > 0 ? [eb('phone', 'in', phones)] : []),
        ...(emails.length > 0 ? [eb('email_key', 'in', emails)] : []),
      ]),
    )
    .execute();
  return [...primary, ...others];
}

/**
 * Makes users in one statement, but for those whose id, number, address or username is another's, and gives those that
 * it makes their authenticator apps and their other numbers and addresses, in the same transaction. @returns the ids of
 * those made
 */
export async function insertUsersUnlessTaken(
  store: Store,
  users: readonly UserRow[],
  given: Given,
): Promise<Set<string>> {
  if (users.length === 0) return new Set();
  const insert = store.db
    .insertInto('users')
    .values(users)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .compile();
  try {
    // Two imports at once may wait for each other's rows.
    const [made] = await store.atomically(
      [
        insert,
        ...given.apps.map((app) => addingIfMade(store, app)),
        ...given.others.map((other) => addingOtherIfMade(store, other)),
      ],
      given.others.length > 0 ? [otherRecipientsLock] : [],
    );
    return new Set(made.map(({ id }) => id));
  } catch (error) {
    if (!takenField(error)) throw error;
    // Somebody has just got one of them as another number, which undoes all: then each is alone.
    return users.length === 1 ? new Set() : insertOneByOne(store, users, given);
  }
}

/** What users get in the transaction that makes them. */
type Given = { apps: readonly AuthenticatorsTable[]; others: readonly OtherRecipientsTable[] };

async function insertOneByOne(store: Store, users: readonly UserRow[], { apps, others }: Given) {
  const made = new Set<string>();
  for (const user of users) {
    const isOwn = ({ user_id }: { user_id: string }) => user_id === user.id;
    const own = { apps: apps.filter(isOwn), others: others.filter(isOwn) };
    for (const id of await insertUsersUnlessTaken(store, [user], own)) made.add(id);
  }
  return made;
}

/** Gives another number or address to a user who was made at the same time, by the import. */
function addingOtherIfMade(
  { db }: Store,
  { id, user_id, phone, email, email_key, created_at, changed_by }: OtherRecipientsTable,
) {
  return sql`
    insert into other_recipients (id, user_id, phone, email, email_key, created_at, changed_by)
    select ${text(id)}, ${text(user_id)}, ${text(phone)}, ${text(email)}, ${text(email_key)}, ${whole(created_at)},
      ${text(changed_by)}
    where ${isMadeAt(user_id, created_at)}`.compile(db);
}

const isMadeAt = (id: string, at: number) => sql`exists (select 1 from users where id = ${id}
  and updated_at = ${whole(at)} and sessions_valid_from = ${whole(at)})`;

/** Gives an app to a user who was made at the same time, by the import. */
function addingIfMade({ db }: Store, { user_id, id, secret, created_at, last_time_step }: AuthenticatorsTable) {
  return sql`
    insert into authenticators (user_id, id, secret, created_at, last_time_step)
    select ${text(user_id)}, ${text(id)}, ${text(secret)}, ${whole(created_at)}, ${whole(last_time_step)}
    where ${isMadeAt(user_id, created_at)}
    on conflict (user_id) do nothing`.compile(db);
}
