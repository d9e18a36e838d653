import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { nationalNumber } from './migrations/0050-finding-users.ts';
import type { Store } from './store.ts';
import type { UserSearchKeys } from './tables/users.ts';

/** What a user may match, and whether indexes alone say who does, or at least who does not. */
export type UserTerm = { condition: RawBuilder<SqlBool>; isIndexed: boolean };

/** A text that users are searched by, as it was typed. */
export type SearchText = 'username' | 'name';
/** A search key. */
export type SearchKey = keyof UserSearchKeys;

/**
 * Users with another number or address of which this holds; the term is about `phone`, `email` or `email_key` alone. It
 * stands beside that term: SQLite takes no index for alternatives within one.
 */
export const ofOthers = (kind: Store['kind'], { condition, isIndexed }: UserTerm): UserTerm => {
  const owners = sql`select user_id from other_recipients where ${condition}`;
  // PostgreSQL takes its index for values that it has, not for those of a query.
  return { condition: kind === 'SQLite' ? sql`id in (${owners})` : sql`id = any(array(${owners}))`, isIndexed };
};

/** Users who match one of these at least. */
export const anyOf = (terms: readonly UserTerm[]): UserTerm => ({
  condition:
    terms.length === 0
      ? sql`1 = 0`
      : sql`(${sql.join(
          terms.map(({ condition }) => condition),
          sql` or `,
        )})`,
  isIndexed: terms.every(({ isIndexed }) => isIndexed),
});

/** Users who match all of these. */
export const allOf = (terms: readonly UserTerm[]): UserTerm => ({
  condition: sql`(${sql.join(
    terms.map(({ condition }) => condition),
    sql` and `,
  )})`,
  isIndexed: terms.some(({ isIndexed }) => isIndexed),
});

/** Users with one of these values, as it is written. */
export const isOneOf = (column: SearchText | 'id' | 'phone' | 'email_key', values: readonly string[]): UserTerm => ({
  condition: sql`${sql.ref(column)} in (${sql.join(values)})`,
  isIndexed: column !== 'name',
});

/** Users whose id starts with this. */
export function idStartsWith(kind: Store['kind'], start: string): UserTerm {
  // SQLite compares bytes; PostgreSQL does where it is told to, and has an index for it.
  const id = kind === 'SQLite' ? sql`id` : sql`id collate "C"`;
  return { condition: sql`(${id} >= ${start} and ${id} < ${`${start}\u007f`})`, isIndexed: true };
}

/** Users whose text is one of these in whatever case. */
export const isOneOfInAnyCase = (column: SearchText, values: readonly string[]): UserTerm => ({
  condition: sql`lower(${sql.ref(column)}) in (${sql.join(values.map((value) => value.toLowerCase()))})`,
  isIndexed: false,
});

/** Users in whose name there is no address; names of users from elsewhere often are one. */
export const hasNoAddressAsName: UserTerm = {
  condition: sql`(name is null or (name not like '%@%' and name not like '%\\%40%' escape '\\'))`,
  isIndexed: false,
};

/** Users whose search key is this. */
export const hasKey = (column: SearchKey, key: Uint8Array): UserTerm => ({
  condition: sql`${sql.ref(column)} = ${key}`,
  isIndexed: true,
});

/** Users whose search key starts with this. */
export function keyStartsWith(column: SearchKey, key: Uint8Array): UserTerm {
  // No UTF-8 text holds the byte 255, so every text that starts with the key is before this.
  const end = Buffer.concat([key, Buffer.of(255)]);
  return { condition: sql`(${sql.ref(column)} >= ${key} and ${sql.ref(column)} < ${end})`, isIndexed: true };
}

/** The same, looked at user by user, for a term beside one that makes them few. */
export const keyBeginsWith = (column: SearchKey, key: Uint8Array): UserTerm => ({
  condition: sql`substr(${sql.ref(column)}, 1, ${sql.lit(key.length)}) = ${key}`,
  isIndexed: false,
});

/** Users with a word in their name that starts with this key, looked at user by user; the key is no pattern. */
export const wordOfNameStartsWith = (key: Uint8Array): UserTerm =>
  anyOf([
    keyBeginsWith('name_key', key),
    // Of a long name the key is cut off.
    keyBeginsWith('last_name_key', key),
    { condition: sql`name_key like ${Buffer.concat([Buffer.from('% '), key, Buffer.from('%')])}`, isIndexed: false },
  ]);

/** Users whose number (E.164 without its plus) starts with these digits. */
export function phoneStartsWith(digits: string): UserTerm {
  // E.164 has 15 digits at most, so that every number which begins with these lies between the two.
  const [first, end] = [`+${digits}`, `+${digits.padEnd(16, '9')}`];
  return { condition: sql`(phone >= ${first} and phone < ${end})`, isIndexed: true };
}

/** Users whose number begins with these digits behind its calling code. */
export function nationalNumberStartsWith(digits: string): UserTerm {
  const [first, end] = [digits, digits.padEnd(16, '9')];
  const national = sql.raw(nationalNumber);
  return {
    condition: sql`(phone is not null and ${national} >= ${first} and ${national} < ${end})`,
    isIndexed: true,
  };
}

/** Users whose address starts with this, in whatever case. */
export function emailStartsWith(start: string): UserTerm {
  // Addresses are ASCII without control characters.
  const [first, end] = [start.toLowerCase(), `${start.toLowerCase()}\u007f`];
  return { condition: sql`(email_key >= ${first} and email_key < ${end})`, isIndexed: true };
}

/** Digits of the end of a number that an index holds. */
export const indexedEnd = 4;

/** Users whose number ends with these digits, four at least. */
export const phoneEndsWith = (digits: string): UserTerm => ({
  condition: sql`(phone is not null and substr(phone, length(phone) - ${sql.lit(indexedEnd - 1)}) = ${digits.slice(-indexedEnd)}
    and phone like ${`%${digits}`})`,
  isIndexed: true,
});

/**
 * Users whose text is like this; `%` stands for any characters, `_` for one, and a backslash before them for
 * themselves.
 */
export function isLike(
  column: SearchText | 'id' | 'phone' | 'email',
  pattern: string,
  isCaseSensitive: boolean,
): UserTerm {
  // Patterns for numbers are without the plus.
  const text = column === 'phone' ? sql`substr(phone, 2)` : sql.ref(column);
  const condition = isCaseSensitive
    ? sql<SqlBool>`${text} like ${pattern} escape '\\'`
    : sql<SqlBool>`lower(${text}) like ${pattern.toLowerCase()} escape '\\'`;
  return { condition, isIndexed: false };
}
