import { type CompiledQuery, type RawBuilder, type SqlBool, sql } from 'kysely';
import { ApiError } from '../errors.ts';
import {
  between,
  findRows,
  type List,
  type Page,
  type Patience,
  type Selection,
  type Start,
  selecting,
} from './listing.ts';
import { everyEntry, type Listed, listEntries } from './lists.ts';
import { whole } from './parameters.ts';
import { isUnmet, requirement } from './requirement.ts';
import { statement } from './statement.ts';
import type { Store } from './store.ts';
import type { UsersTable } from './tables/users.ts';
import type { UserTerm } from './user-terms.ts';
import { forgettingProofs, isStillProof } from './verifications.ts';

/** A user as the database holds it, with what it is found by. */
export type UserRow = UsersTable;

/** What may be written to a user after it was made. */
export type UserChanges = {
  [Column in keyof Omit<UserRow, 'id' | 'created_at'>]?: UserRow[Column] | RawBuilder<UserRow[Column]>;
};

/** What a change rests on, and what has to hold still when it is written. Numbers are E.164. */
export type UserStill = {
  phone?: string | null | undefined;
  email?: string | null | undefined;
  username?: string | null | undefined;
  others?: string | null | undefined;
  /** As JSON. */
  profile?: string | undefined;
  /** What is kept of the password. */
  digest?: string | null | undefined;
} & Proven;

/** What a change rests on that a user has proven: nothing may have made that void. */
export type Proven = {
  /** When it was proven, in milliseconds since the epoch. */
  provenAt?: number | undefined;
  /** What proved who it is, which has to be there still. */
  proofId?: string | undefined;
};

/** A statement that throws what `takenField` understands when what the user is known by is another user's. */
export function insertUser({ db }: Store, user: UserRow): CompiledQuery<unknown> {
  return db.insertInto('users').values(user).compile();
}

/** What one user at most can be found by. */
export type UserKey = 'id' | 'username' | 'phone' | 'email_key';

/** The user whose id, username, primary or other phone number (E.164) or address (in lower case) is exactly this. */
export async function findUser(store: Store, field: UserKey, value: string): Promise<UserRow | undefined> {
  const [user] = await store.run(find(store, { field, value }));
  return user;
}

/** The id of the user who has this as another number or address, as one value: an index of the users takes it. */
const ownerOfOther = (field: 'phone' | 'email_key', value: string) =>
  sql<string>`(select user_id from other_recipients where ${sql.ref(field)} = ${value})`;

const find = statement<{ field: UserKey; value: string }, UserRow>(
  (slot, db, { field }) =>
    db
      .selectFrom('users')
      .selectAll()
      .where(({ eb, or }) => {
        const value = slot(({ value }) => value);
        const isPrimary = eb(field, '=', value);
        if (field !== 'phone' && field !== 'email_key') return isPrimary;
        return or([isPrimary, eb('id', '=', ownerOfOther(field, value))]);
      }),
  ({ field }) => field,
);

/**
 * Writes to a user and gives it as it is then; `undefined` when there is none with this id, or not as it has to be.
 * @throws what `takenField` understands when what the user is known by is another user's
 */
export async function updateUser(
  store: Store,
  id: string,
  changes: UserChanges,
  still: UserStill = {},
  { before = [], after = [] }: Alongside = {},
): Promise<UserRow | undefined> {
  const update = changing(store, id, changes, still).returningAll();
  const locking = still.proofId === undefined ? [] : [lockUser(store, id)];
  const first = [...locking, ...before];
  if (first.length + after.length === 0) return update.executeTakeFirst();
  const requiring = before.length === 0 ? [] : [requirement(store, isChangedTo(id, changes))];
  try {
    const results = await store.atomically([...first, update.compile(), ...requiring, ...after]);
    return (results as UserRow[][])[first.length]?.[0];
  } catch (error) {
    if (requiring.length > 0 && isUnmet(error)) return undefined;
    throw error;
  }
}

/**
 * Statements for the same transaction. Those before it are undone with it where the user is not as it has to be; that
 * takes the time of the change, `updated_at`.
 */
type Alongside = Partial<Record<'before' | 'after', readonly CompiledQuery<unknown>[]>>;

/** The statement that writes to a user who is as it has to be; where that rests on a proof, after the lock of the user. */
export const changeUser = (
  store: Store,
  id: string,
  changes: UserChanges,
  still: UserStill = {},
): CompiledQuery<{ id: string }> => changing(store, id, changes, still).returning('id').compile();

function changing(
  { db }: Store,
  id: string,
  changes: UserChanges,
  { phone, email, username, others, profile, digest, provenAt, proofId }: UserStill,
) {
  return db
    .updateTable('users')
    .set(changes)
    .where('id', '=', id)
    .$if(phone !== undefined, (query) => query.where('phone', phone === null ? 'is' : '=', phone ?? null))
    .$if(email !== undefined, (query) => query.where('email', email === null ? 'is' : '=', email ?? null))
    .$if(username !== undefined, (query) => query.where('username', username === null ? 'is' : '=', username ?? null))
    .$if(others !== undefined, (query) => query.where('others', others === null ? 'is' : '=', others ?? null))
    .$if(profile !== undefined, (query) => query.where('profile', '=', profile ?? ''))
    .$if(digest !== undefined, (query) => query.where('password_digest', digest === null ? 'is' : '=', digest ?? null))
    .$if(proofId !== undefined, (query) => query.where(isStillProof(id, proofId ?? '')))
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
  requireUser(store, id, { password_digest: digest });

/**
 * A statement that undoes its transaction unless the user has all of this by now.
 * @param proven what of the user still has to count
 */
export function requireUser(
  store: Store,
  id: string,
  has: { [Column in 'phone' | 'email' | 'username' | 'others' | 'password_digest']?: string | null | undefined },
  { provenAt, proofId }: Proven = {},
): CompiledQuery<unknown> {
  const conditions = Object.entries(has).map(
    ([column, value]) => sql`${sql.ref(column)} is not distinct from ${value}`,
  );
  const all = sql.join([sql`id = ${id}`, ...conditions], sql` and `);
  const wanted = [
    sql`exists (select 1 from users where ${all})`,
    ...(provenAt === undefined ? [] : [isStillProven(id, provenAt)]),
    ...(proofId === undefined ? [] : [isStillProof(id, proofId)]),
  ];
  return requirement(store, sql.join(wanted, sql` and `));
}

/** Whether what a user proved then (milliseconds since the epoch) still counts. */
export const isStillProven = (id: string, provenAt: number): RawBuilder<SqlBool> =>
  sql`exists (select 1 from users where id = ${id}
    and is_suspended = 0 and (sessions_valid_from is null or sessions_valid_from <= ${whole(provenAt)}))`;

/**
 * From when on what is proven counts, when all before is void: now, but never earlier than it was. A clock that is set
 * back, or another process whose clock is behind, revives nothing.
 */
export const validFrom = (now: number) =>
  sql<number>`case when sessions_valid_from >= ${whole(now)} then sessions_valid_from + 1 else ${whole(now)} end`;

/** The statements that suspend a user, or take it back. Where that is a change, what was proven before is void. */
export function suspending(store: Store, id: string, isSuspended: 0 | 1, now: number): CompiledQuery<unknown>[] {
  const isChange = sql<SqlBool>`users.is_suspended <> ${isSuspended}`;
  return [
    // Takes the lock of the user before those of what was proven.
    changeUser(store, id, { updated_at: now }),
    forgettingProofs(store, id, isChange),
    changeUser(store, id, suspension(isSuspended, now)),
  ];
}

function suspension(isSuspended: 0 | 1, now: number) {
  const isChange = sql`is_suspended <> ${isSuspended}`;
  return {
    is_suspended: isSuspended,
    sessions_valid_from: sql<number | null>`case when ${isChange} then ${validFrom(now)} else sessions_valid_from end`,
    kept_session: sql<string | null>`case when ${isChange} then null else kept_session end`,
  } satisfies UserChanges;
}

/** What is true in a transaction that has changed a user, at this time. */
export const isChangedUser = (id: string, at: number) =>
  sql<boolean>`exists (select 1 from users where id = ${id} and updated_at = ${whole(at)})`;

/** What whoever had a user is told of: of two changes at the same moment, one may have been refused. */
const toldColumns = ['phone', 'email_key', 'username', 'skips_second_factor'] as const;

const isChangedTo = (id: string, changes: UserChanges) => {
  const changed = toldColumns.filter((column) => changes[column] !== undefined);
  const has = changed.map((column) => sql`${sql.ref(column)} is not distinct from ${changes[column]}`);
  const all = [sql`id = ${id}`, sql`updated_at = ${whole(Number(changes.updated_at))}`, ...has];
  return sql<boolean>`exists (select 1 from users where ${sql.join(all, sql` and `)})`;
};

/** Changes nothing but takes the lock of a user. */
export const lockUser = ({ db }: Store, id: string): CompiledQuery<unknown> =>
  sql`update users set updated_at = updated_at where id = ${id}`.compile(db);

/** The statement that deletes a user. */
export const deletingUser = ({ db }: Store, id: string): CompiledQuery<{ id: string }> =>
  db.deleteFrom('users').where('id', '=', id).returning('id').compile();

const list = { table: 'users', by: 'created_at' } as const satisfies List;

/** What else users can be in the order of; each has an index. */
const columns = {
  name: 'name_key',
  username: 'username_key',
  primaryPhone: 'phone',
  primaryEmail: 'email_key',
  lastSignInAt: 'last_sign_in_at',
} as const satisfies Record<string, List['by']>;
export type UserOrder = keyof typeof columns;
export const userOrders = Object.keys(columns) as UserOrder[];

const listBy = (order: UserOrder | undefined) => (order ? { table: list.table, by: columns[order] } : list);

/** Which users: what they match, and when they were made (milliseconds since the epoch). */
export type UserFilter = {
  term?: UserTerm | undefined;
  isSuspended?: boolean | undefined;
  from?: number | undefined;
  until?: number | undefined;
  /** Only users who have this, in the order of it; in that of their making where nothing is said. */
  order?: UserOrder | undefined;
};

/** A page of users, and how many there are in all. @throws ApiError `request.too_broad` */
export const listUsers = (store: Store, filter: UserFilter, page: Page, now: () => number): Promise<Listed<UserRow>> =>
  listEntries(store, listBy(filter.order), selectionOf(filter), page, now);

/** Some users who match, newest first; nobody where that is not found in time. */
export async function findSomeUsers(
  store: Store,
  { condition, isIndexed }: UserTerm,
  limit: number,
  patience: Patience,
): Promise<UserRow[]> {
  try {
    const { rows } = await findRows(store, list, { looked: condition, isNarrow: isIndexed }, { limit }, patience);
    return rows;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'request.too_broad') return [];
    throw error;
  }
}

/** Every user who matches, in order, a few hundred at a time. */
export const everyUser = (store: Store, filter: UserFilter, start: Start) =>
  everyEntry(store, listBy(filter.order), selectionOf(filter), start);

const selectionOf = ({ term, isSuspended, order, ...times }: UserFilter): Selection => ({
  ...selecting(
    [order ? sql<SqlBool>`${sql.ref(columns[order])} is not null` : between('created_at', times)],
    [
      order && between('created_at', times),
      term?.condition,
      isSuspended === undefined ? undefined : sql<SqlBool>`is_suspended = ${isSuspended ? 1 : 0}`,
    ],
  ),
  isNarrow: term?.isIndexed ?? false,
});

const sqliteConstraint = /UNIQUE constraint failed: (?:users|other_recipients)\.(username|phone|email)(?:_key)?$/;
const postgresConstraint = /^(?:users|other_recipients)_(username|phone|email)(?:_key)+$/;

/** What no two users have in common. */
export type UniqueField = 'username' | 'phone' | 'email';

/** The field that has to be unique and is not, if that is what a database error says. */
export function takenField(error: unknown): UniqueField | undefined {
  if (!(error instanceof Error)) return undefined;
  const { constraint } = error as { constraint?: unknown };
  const match = postgresConstraint.exec(String(constraint)) ?? sqliteConstraint.exec(error.message);
  return match?.[1] as UniqueField | undefined;
}
