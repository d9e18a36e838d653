import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import { whole } from './parameters.ts';
import { requirement } from './requirement.ts';
import type { UsersTable } from './schema.ts';
import type { Store } from './store.ts';

/** A user as the database holds it, with what it is found by. */
export type UserRow = UsersTable;

/** What may be written to a user after it was made. */
export type UserChanges = Partial<Omit<UserRow, 'id' | 'created_at'>>;

/** What a change rests on, and what has to hold still when it is written. Numbers are E.164. */
export type UserStill = {
  phone?: string | null | undefined;
  username?: string | null | undefined;
  /** As JSON. */
  profile?: string | undefined;
  /** When it was proven (milliseconds since the epoch): nothing has made that void. */
  provenAt?: number | undefined;
};

/** What to look for: any of these that is given. */
export type UserSearch = { key?: Uint8Array | undefined; phoneDigits?: string | undefined; id?: string | undefined };

/** How many users one search finds at most per field; whoever wants others has to type more. */
const maxFoundPerField = 1000;

/** A statement that throws what `takenField` understands when the username or the phone number is another user's. */
export function insertUser({ db }: Store, user: UserRow): CompiledQuery<unknown> {
  return db.insertInto('users').values(user).compile();
}

/** The user whose id, username or phone number (E.164) is exactly this. */
export function findUser(
  store: Store,
  field: 'id' | 'username' | 'phone',
  value: string,
): Promise<UserRow | undefined> {
  return store.db.selectFrom('users').selectAll().where(field, '=', value).executeTakeFirst();
}

/**
 * Writes to a user and gives it as it is then; `undefined` when there is none with this id, or not as it has to be.
 * @throws what `takenField` understands when the username or the phone number is another user's
 */
export function updateUser(
  store: Store,
  id: string,
  changes: UserChanges,
  still: UserStill = {},
): Promise<UserRow | undefined> {
  return changing(store, id, changes, still).returningAll().executeTakeFirst();
}

/** The statement that writes to a user who is as it has to be. */
export const changeUser = (
  store: Store,
  id: string,
  changes: UserChanges,
  still: UserStill = {},
): CompiledQuery<{ id: string }> => changing(store, id, changes, still).returning('id').compile();

function changing({ db }: Store, id: string, changes: UserChanges, { phone, username, profile, provenAt }: UserStill) {
  return db
    .updateTable('users')
    .set(changes)
    .where('id', '=', id)
    .$if(phone !== undefined, (query) => query.where('phone', phone === null ? 'is' : '=', phone ?? null))
    .$if(username !== undefined, (query) => query.where('username', username === null ? 'is' : '=', username ?? null))
    .$if(profile !== undefined, (query) => query.where('profile', '=', profile ?? ''))
    .$if(provenAt !== undefined, (query) =>
      query
        .where('is_suspended', '=', 0)
        .where(({ eb, or }) =>
          or([eb('sessions_valid_from', 'is', null), eb('sessions_valid_from', '<=', provenAt ?? 0)]),
        ),
    );
}

/** A statement that undoes its transaction unless the user has this new password by now. */
export const requirePassword = (store: Store, id: string, digest: string): CompiledQuery<unknown> =>
  requirement(store, sql`exists (select 1 from users where id = ${id} and password_digest = ${digest})`);

/** Suspends a user, or takes it back; either way what was proven before is void. */
export function suspendUser({ db }: Store, id: string, isSuspended: 0 | 1, now: number): Promise<UserRow | undefined> {
  const isChange = sql`is_suspended <> ${isSuspended}`;
  return db
    .updateTable('users')
    .set({
      is_suspended: isSuspended,
      sessions_valid_from: sql`case when ${isChange} then ${whole(now)} else sessions_valid_from end`,
      kept_session: sql`case when ${isChange} then null else kept_session end`,
      updated_at: now,
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

/** Replaces what is kept of a password if it still is this, so that a new password is never undone. */
export async function replaceDigest(
  { db }: Store,
  id: string,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await db
    .updateTable('users')
    .set({ password_digest: to })
    .where('id', '=', id)
    .where('password_digest', '=', from)
    .execute();
}

/** @returns whether there was a user with this id */
export async function deleteUser(store: Store, id: string): Promise<boolean> {
  const { numDeletedRows } = await store.db.deleteFrom('users').where('id', '=', id).executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

/** A page of users, newest first, and how many there are in all. Without a search, of all users. */
export async function listUsers(
  store: Store,
  search: UserSearch | undefined,
  page: { limit: number; offset: number },
): Promise<{ users: UserRow[]; total: number }> {
  const db = store.db;
  const found = search ? matches(search) : sql<{ id: string }>`(select id from users)`;
  // Ids begin with the time. Paging over them alone reads an index, not the rows that are left out.
  const pageOfIds = db.selectFrom(found.as('found')).select('id').orderBy('id', 'desc').limit(page.limit);
  const [users, { total }] = await Promise.all([
    db.selectFrom('users').selectAll().where('id', 'in', pageOfIds.offset(page.offset)).orderBy('id', 'desc').execute(),
    db
      .selectFrom(found.as('found'))
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow(),
  ]);
  return { users, total };
}

/** The ids of the users that a search finds, each once: a short walk along one index for each field. */
function matches({ key, phoneDigits, id }: UserSearch): RawBuilder<{ id: string }> {
  const walks = [
    ...(key ? ['username_key', 'name_key', 'last_name_key'].map((column) => startsWith(column, key, endOf(key))) : []),
    // E.164 has 15 digits at most, so that every number which begins with these lies between the two.
    ...(phoneDigits ? [startsWith('phone', `+${phoneDigits}`, `+${phoneDigits.padEnd(16, '9')}`)] : []),
    sql`select id from users where id = ${id ?? ''}`,
  ];
  return sql`(${sql.join(walks, sql` union `)})`;
}

function startsWith(column: string, first: string | Uint8Array, end: string | Uint8Array): RawBuilder<unknown> {
  const field = sql.ref(column);
  return sql`select id from (select id from users where ${field} >= ${first} and ${field} < ${end}
    order by ${field} limit ${maxFoundPerField}) as ${sql.ref(`by_${column}`)}`;
}

/** No UTF-8 text holds the byte 255, so every text that starts with the key is before this. */
const endOf = (key: Uint8Array) => Buffer.concat([key, Buffer.of(255)]);

const sqliteConstraint = /UNIQUE constraint failed: users\.(username|phone)$/;
const postgresConstraint = /^users_(username|phone)_key$/;

/** The field that has to be unique and is not, if that is what a database error says. */
export function takenField(error: unknown): 'username' | 'phone' | undefined {
  if (!(error instanceof Error)) return undefined;
  const { constraint } = error as { constraint?: unknown };
  const match = postgresConstraint.exec(String(constraint)) ?? sqliteConstraint.exec(error.message);
  return match?.[1] as 'username' | 'phone' | undefined;
}
