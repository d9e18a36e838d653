import {
  canReceiveSms,
  emailProblems,
  type ParsedPhone,
  parseEmail,
  parsePhone,
  readEmail,
} from '@sesame/connector-kit';
import { ApiError } from '../errors.ts';
import { newShortId, type Platform } from '../platform.ts';
import { refusalsOf, refusedField } from '../refusals.ts';
import type { ToldUser } from '../store/outbox.ts';
import type { UserKey, UserRow } from '../store/users.ts';
import type { PasswordAlgorithm } from './password-digests/password-digest.ts';
import { readDigest } from './password-digests/read-digest.ts';
import type { UserProfile } from './user-fields.ts';
import { searchKeysOf } from './user-search-keys.ts';

type JsonObject = Record<string, unknown>;

/** A user as the API shows it; never the digest of the password. Times are milliseconds since the epoch. */
export type User = {
  id: string;
  username: string | null;
  /** As it was typed, with the domain in lower case and in ASCII. */
  primaryEmail: string | null;
  /** E.164 with the plus. */
  primaryPhone: string | null;
  /** Beside the primary ones, in the order in which they were added; left out where there are none. */
  otherPhones?: string[];
  otherEmails?: string[];
  name: string | null;
  /** URL. */
  avatar: string | null;
  customData: JsonObject;
  identities: Record<string, never>;
  profile: UserProfile;
  lastSignInAt: number | null;
  createdAt: number;
  updatedAt: number;
  applicationId: null;
  cimdClientId: null;
  isSuspended: boolean;
  hasPassword: boolean;
};

/** What of a row a user is made of. */
type ShownUserRow = ToldUser & Pick<UserRow, 'password_digest'>;

/** With what is kept of the password. */
export type UserWithDigest = User & { passwordDigest: string | null; passwordAlgorithm: PasswordAlgorithm | null };

/** What may be said of a user; an empty text is the same as `null`. */
export type UserFields = {
  primaryEmail?: string | null | undefined;
  /** E.164 with or without the plus. */
  primaryPhone?: string | null | undefined;
  username?: string | null | undefined;
  name?: string | null | undefined;
  /** URL. */
  avatar?: string | null | undefined;
  /** Replaces the object that was there. */
  customData?: JsonObject | undefined;
  profile?: UserProfile | undefined;
};

/** What a user is looked up by. */
export type UserIdentifier = { username: string } | { phone: string } | { email: string } | { id: string };

/** A row of somebody about whom nothing is known. */
export const nobody = {
  username: null,
  phone: null,
  email: null,
  email_key: null,
  name: null,
  avatar: null,
  username_key: null,
  name_key: null,
  last_name_key: null,
  email_domain_key: null,
  is_suspended: 0,
  custom_data: '{}',
  profile: '{}',
  last_sign_in_at: null,
  sessions_valid_from: null,
  kept_session: null,
  phone_changed_by: null,
  email_changed_by: null,
  password_set_at: null,
  skips_second_factor: 0,
  others: null,
  declined_second_factor: 0,
};

/** Whoever gave a user another number or address: an administrator, an application, or an import. */
export type RecipientGiver = { type: 'administrator' | 'application' | 'server'; id: string; name?: string };

/** What says in a row who gave the number and the address among these changes; without `by`, the user has. */
export function changedBy(
  { phone, email }: { phone?: unknown; email?: unknown },
  by?: RecipientGiver,
): Partial<Pick<UserRow, 'phone_changed_by' | 'email_changed_by'>> {
  const giver = by ? JSON.stringify(by) : null;
  return {
    ...(phone !== undefined && { phone_changed_by: giver }),
    ...(email !== undefined && { email_changed_by: giver }),
  };
}

/** The id of a new user; Logto's callers take ids of up to 12 characters. */
export const newUserId = (platform: Pick<Platform, 'randomBytes'>): string => newShortId(platform, 12);

/** The column that a user is looked up in, and its value. */
export function toKey(identifier: UserIdentifier): [UserKey, string] {
  if ('id' in identifier) return ['id', identifier.id];
  if ('phone' in identifier) return ['phone', parsePhone(identifier.phone)?.e164 ?? ''];
  if ('email' in identifier) return ['email_key', parseEmail(identifier.email)?.key ?? ''];
  return ['username', asUsername(identifier.username)];
}

/** What was typed, as it was typed. */
export const typedIn = (identifier: UserIdentifier): string => Object.values(identifier).join('');

const usernamePattern = /^[A-Za-z_]\w{0,127}$/;
const namePattern = /^\P{Cc}{1,128}$/u;

/** The checks of what is said of a user, and what a number and an address are read as. */
const readersOf = ({ primaryPhone, primaryEmail, username, name }: UserFields) => ({
  primaryPhone: () => (primaryPhone ? readPhone(primaryPhone) : undefined),
  primaryEmail: () => (primaryEmail ? readAddress(primaryEmail) : undefined),
  username: () => username && checkUsername(username),
  name: () => name && checkName(name),
});

/** All that is wrong with the fields. */
export const userRefusals = (fields: UserFields): ApiError[] => refusalsOf(readersOf(fields));

/** What fields are in a row. @throws ApiError `guard.invalid_input`, `phone.cannot_receive_sms` for the first at fault */
export function toChanges(fields: UserFields) {
  const { primaryPhone, primaryEmail, username, name, avatar, customData, profile } = fields;
  const read = readersOf(fields);
  const phone = read.primaryPhone();
  const email = read.primaryEmail();
  read.username();
  read.name();
  return {
    ...(primaryPhone !== undefined && { phone: phone?.e164 ?? null }),
    ...(primaryEmail !== undefined && { email: email?.address ?? null, email_key: email?.key ?? null }),
    ...(username !== undefined && { username: username || null }),
    ...(name !== undefined && { name: name || null }),
    ...(avatar !== undefined && { avatar: avatar || null }),
    ...searchKeysOf({ username, name, emailDomain: primaryEmail === undefined ? undefined : (email?.domain ?? null) }),
    ...(customData && { custom_data: JSON.stringify(customData) }),
    ...(profile && { profile: JSON.stringify(profile) }),
  };
}

function readPhone(typed: string): ParsedPhone {
  const phone = parsePhone(typed);
  if (!phone) {
    throw refusedField('primaryPhone', 'Give a phone number with its country code, for example +8613800138000.');
  }
  if (!canReceiveSms(phone)) throw new ApiError('phone.cannot_receive_sms');
  return phone;
}

function readAddress(typed: string) {
  const email = readEmail(typed);
  if (typeof email === 'string') throw refusedField('primaryEmail', emailProblems[email]);
  return email;
}

/** @throws ApiError `guard.invalid_input` for what cannot be a username */
export function checkUsername(username: string): void {
  if (usernamePattern.test(username)) return;
  throw refusedField('username', 'Use up to 128 letters, digits and underscores; the first may not be a digit.');
}

function checkName(name: string): void {
  if (namePattern.test(name)) return;
  throw refusedField('name', 'Use up to 128 characters, none of them a control character.');
}

/** PostgreSQL takes no text with a zero character; what cannot be a username is nobody's. */
const asUsername = (username: string) => (usernamePattern.test(username) ? username : '');

/** What the API shows of a row. @throws ApiError `entity.not_found` where there is none */
export function toUser(row: ShownUserRow | undefined): User {
  if (!row) throw new ApiError('entity.not_found');
  return {
    id: row.id,
    username: row.username,
    primaryEmail: row.email,
    primaryPhone: row.phone,
    ...othersIn(row),
    name: row.name,
    avatar: row.avatar,
    customData: JSON.parse(row.custom_data),
    identities: {},
    profile: JSON.parse(row.profile),
    lastSignInAt: row.last_sign_in_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    applicationId: null,
    cimdClientId: null,
    isSuspended: row.is_suspended === 1,
    hasPassword: row.password_digest !== null,
  };
}

function othersIn({ others }: Pick<ShownUserRow, 'others'>): Pick<User, 'otherPhones' | 'otherEmails'> {
  const all = others?.split(' ') ?? [];
  const [emails, phones] = [all.filter((each) => each.includes('@')), all.filter((each) => !each.includes('@'))];
  return {
    ...(phones.length > 0 && { otherPhones: phones }),
    ...(emails.length > 0 && { otherEmails: emails }),
  };
}

/** The other numbers and addresses of a user as its row has them. */
export const toOthers = ({ otherPhones = [], otherEmails = [] }: Pick<User, 'otherPhones' | 'otherEmails'>) =>
  [...otherPhones, ...otherEmails].join(' ') || null;

/** Every number and address of a user, the primary ones first. */
export const recipientsOf = ({ primaryPhone, primaryEmail, otherPhones = [], otherEmails = [] }: User): string[] =>
  [primaryPhone, primaryEmail, ...otherPhones, ...otherEmails].filter((each) => each !== null);

/** What only those see who may move users elsewhere. @throws ApiError `entity.not_found` where there is none */
export function withDigest(row: UserRow | undefined): UserWithDigest {
  const user = toUser(row);
  const passwordDigest = row?.password_digest ?? null;
  return { ...user, passwordDigest, passwordAlgorithm: passwordDigest ? readDigest(passwordDigest).algorithm : null };
}
