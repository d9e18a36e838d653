import { type CompiledQuery, sql } from 'kysely';
import { type Asking, hasSession, lockAdministrator } from './administrator-lock.ts';
import { insertingAuditLogEntry } from './audit-log.ts';
import { text, whole } from './parameters.ts';
import { readSetting } from './settings.ts';
import type { Store } from './store.ts';
import type {
  AdministratorRole,
  AdministratorSessionsTable,
  AdministratorsTable,
  AuditLogTable,
} from './tables/administrators.ts';

/** The settings document that says how the first administrator comes to be, or who it was. */
const firstAdministrator = 'first-administrator';

/** A link to set up the first administrator is open, or somebody is the first administrator. */
export type FirstAdministrator = { linkDigest: string } | { administratorId: string };

/** `undefined` before the first start. */
export const readFirstAdministrator = (store: Store): Promise<FirstAdministrator | undefined> =>
  readSetting(store, firstAdministrator) as Promise<FirstAdministrator | undefined>;

/** Whether there is an administrator. */
export async function hasAdministrator({ db }: Store): Promise<boolean> {
  return (await db.selectFrom('administrators').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** Opens a link, if the document is still as it was read. @returns whether it was */
export async function openSetupLink(
  { db }: Store,
  before: FirstAdministrator | undefined,
  linkDigest: string,
  now: number,
): Promise<boolean> {
  const { rows } = await replaceDocument(before, { linkDigest }, now).execute(db);
  return rows.length > 0;
}

/**
 * Makes the first administrator and notes who it is, also in the audit log, in one transaction, if the document is
 * still as it was read. Of several at once, in any number of processes, one finds it so.
 * @returns whether it did
 */
export async function insertFirstAdministrator(
  store: Store,
  before: FirstAdministrator | undefined,
  row: AdministratorsTable,
  entry: AuditLogTable,
): Promise<boolean> {
  const document = { administratorId: row.id };
  const [, inserted] = await store.atomically([
    replaceDocument(before, document, row.created_at).compile(store.db),
    sql<{ id: string }>`
      insert into administrators (id, username, password_digest, role, created_at, updated_at)
      select ${text(row.id)}, ${text(row.username)}, ${text(row.password_digest)}, ${text(row.role)},
        ${whole(row.created_at)}, ${whole(row.updated_at)}
      where exists (select 1 from settings where name = ${firstAdministrator} and value = ${JSON.stringify(document)})
      returning id`.compile(store.db),
    insertingAuditLogEntry(store, entry, sql`exists (select 1 from administrators where id = ${row.id})`),
  ]);
  return inserted.length > 0;
}

function replaceDocument(before: FirstAdministrator | undefined, after: FirstAdministrator, now: number) {
  const value = JSON.stringify(after);
  return before
    ? sql<{ name: string }>`update settings set value = ${value}, updated_at = ${now}
        where name = ${firstAdministrator} and value = ${JSON.stringify(before)} returning name`
    : sql<{
        name: string;
      }>`insert into settings (name, value, updated_at) values (${firstAdministrator}, ${value}, ${now})
        on conflict (name) do nothing returning name`;
}

/** The administrator whose id or username is exactly this. */
export function findAdministrator(
  { db }: Store,
  field: 'id' | 'username',
  value: string,
): Promise<AdministratorsTable | undefined> {
  return db.selectFrom('administrators').selectAll().where(field, '=', value).executeTakeFirst();
}

/**
 * Begins a session, if the password is still the one that was verified, and two-step sign-in as it was then.
 * @param twoStepSince when it was turned on; null while it is off
 * @returns statements, the last of which gives a row where they are
 */
export function insertingAdministratorSession(
  store: Store,
  { id, password_digest }: AdministratorsTable,
  twoStepSince: number | null,
  session: AdministratorSessionsTable,
): CompiledQuery<unknown>[] {
  return [
    // Waits for a change of the password or of two-step sign-in that is under way, so that the session is not begun behind
    // its back.
    sql`update administrators set last_sign_in_at = ${whole(session.created_at)}
      where id = ${id} and password_digest = ${password_digest}`.compile(store.db),
    sql<{ id: string }>`
      insert into administrator_sessions (token_digest, administrator_id, created_at, expires_at, browser, system)
      select ${text(session.token_digest)}, id, ${whole(session.created_at)}, ${whole(session.expires_at)},
        ${text(session.browser)}, ${text(session.system)}
      from administrators where id = ${id} and password_digest = ${password_digest}
        and (select confirmed_at from administrator_authenticators where administrator_id = ${id})
          is not distinct from ${whole(twoStepSince)}
      returning administrator_id as id`.compile(store.db),
  ];
}

/** Whose session this is, unless it has expired. */
export function findAdministratorSession({ db }: Store, tokenDigest: string, now: number) {
  return db
    .selectFrom('administrator_sessions as session')
    .innerJoin('administrators', 'administrators.id', 'session.administrator_id')
    .select([
      'administrators.id',
      'administrators.username',
      'administrators.role',
      'session.created_at',
      'session.expires_at',
    ])
    .where('session.token_digest', '=', tokenDigest)
    .where('session.expires_at', '>', now)
    .executeTakeFirst();
}

/** The sessions of an administrator that have not expired, newest first. */
export function listAdministratorSessions({ db }: Store, administratorId: string, now: number) {
  return db
    .selectFrom('administrator_sessions')
    .selectAll()
    .where('administrator_id', '=', administratorId)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .execute();
}

/** @returns whether the administrator had such a session */
export async function deleteAdministratorSession(
  { db }: Store,
  administratorId: string,
  tokenDigest: string,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('administrator_sessions')
    .where('administrator_id', '=', administratorId)
    .where('token_digest', '=', tokenDigest)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

/** Ends every session of an administrator but one. */
export async function deleteOtherAdministratorSessions(
  { db }: Store,
  administratorId: string,
  tokenDigest: string,
): Promise<void> {
  await db
    .deleteFrom('administrator_sessions')
    .where('administrator_id', '=', administratorId)
    .where('token_digest', '<>', tokenDigest)
    .execute();
}

/**
 * Replaces the password, if it is still the one that was verified and the session that asks is still there; ends every
 * other session and a link to another password, and forgets an authenticator app that was never confirmed: others may have
 * begun to set it up.
 * @returns whether it did
 */
export async function replaceAdministratorPassword(
  store: Store,
  { id, password_digest: before }: AdministratorsTable,
  change: { passwordDigest: string; keepTokenDigest: string; now: number },
): Promise<boolean> {
  const isReplaced = sql<boolean>`exists (select 1 from administrators as changed
    where changed.id = ${id} and changed.password_digest = ${change.passwordDigest})`;
  const [, updated] = await store.atomically([
    lockAdministrator(store, id),
    store.db
      .updateTable('administrators')
      .set({ password_digest: change.passwordDigest, updated_at: change.now })
      .where('id', '=', id)
      .where('password_digest', '=', before)
      .where(hasSession({ administratorId: id, sessionId: change.keepTokenDigest }))
      .returning('id')
      .compile(),
    store.db
      .deleteFrom('administrator_sessions')
      .where('administrator_id', '=', id)
      .where('token_digest', '!=', change.keepTokenDigest)
      .where(isReplaced)
      .compile(),
    store.db
      .deleteFrom('administrator_authenticators')
      .where('administrator_id', '=', id)
      .where('confirmed_at', 'is', null)
      .where(isReplaced)
      .compile(),
    store.db.deleteFrom('administrator_links').where('administrator_id', '=', id).where(isReplaced).compile(),
  ]);
  return updated.length > 0;
}

/** Every administrator, by name, and since when each signs in with two steps. */
export function listAdministrators({ db }: Store) {
  return db
    .selectFrom('administrators')
    .leftJoin('administrator_authenticators as authenticator', 'authenticator.administrator_id', 'administrators.id')
    .select(['administrators.id', 'username', 'role', 'administrators.created_at', 'last_sign_in_at'])
    .select('authenticator.confirmed_at as two_step_since')
    .orderBy('username')
    .execute();
}

/**
 * Adds an administrator, if the one who asks for it is still signed in and an owner.
 * @param asking nobody where the server itself adds one
 * @returns whether it did; also not where the username is taken
 */
export async function insertAdministrator(
  store: Store,
  row: AdministratorsTable,
  asking: Asking | undefined,
): Promise<boolean> {
  const { id, username, password_digest, role, two_step_declined_at, created_at, updated_at, last_sign_in_at } = row;
  const [, inserted] = await store.atomically([
    oneAtATime(store),
    sql<{ id: string }>`
      insert into administrators (id, username, password_digest, role, two_step_declined_at, created_at, updated_at, last_sign_in_at)
      select ${text(id)}, ${text(username)}, ${text(password_digest)}, ${text(role)}, ${whole(two_step_declined_at)},
        ${whole(created_at)}, ${whole(updated_at)}, ${whole(last_sign_in_at)}
      where ${asking ? isOwnerInSession(asking) : sql<boolean>`1 = 1`}
      on conflict (username) do nothing
      returning id`.compile(store.db),
  ]);
  return inserted.length > 0;
}

/**
 * Deletes an administrator and ends the sessions, if the one who asks for it is another one, still signed in and an
 * owner: so there is always one. @returns whether it did
 */
export async function deleteAdministrator(store: Store, id: string, asking: Asking): Promise<boolean> {
  const { db } = store;
  const [, deleted] = await store.atomically([
    oneAtATime(store),
    db
      .deleteFrom('administrators')
      .where('id', '=', id)
      .where('id', '!=', asking.administratorId)
      .where(isOwnerInSession(asking))
      .returning('id')
      .compile(),
  ]);
  return deleted.length > 0;
}

/** Deletes an administrator and ends the sessions, unless no other one is an owner. @returns whether it did */
export async function deleteAdministratorUnlessLast(store: Store, id: string): Promise<boolean> {
  const [, deleted] = await store.atomically([
    oneAtATime(store),
    store.db.deleteFrom('administrators').where('id', '=', id).where(hasOwnerBeside(id)).returning('id').compile(),
  ]);
  return deleted.length > 0;
}

/**
 * Gives an administrator a role, if the one who asks is still signed in and an owner, and one stays. @returns whether it
 * did
 */
export async function setAdministratorRole(
  store: Store,
  { id, role, asking }: { id: string; role: AdministratorRole; asking: Asking },
): Promise<boolean> {
  const { db } = store;
  const [, updated] = await store.atomically([
    oneAtATime(store),
    sql<{ id: string }>`update administrators set role = ${role}
      where id = ${id} and ${isOwnerInSession(asking)} and (${text(role)} = 'owner' or ${hasOwnerBeside(id)})
      returning id`.compile(db),
  ]);
  return updated.length > 0;
}

const isOwnerInSession = (asking: Asking) =>
  sql<boolean>`(exists (select 1 from administrators as asking
    where asking.id = ${asking.administratorId} and asking.role = 'owner') and ${hasSession(asking)})`;

const hasOwnerBeside = (id: string) =>
  sql<boolean>`exists (select 1 from administrators as other where other.role = 'owner' and other.id <> ${id})`;

/**
 * New administrators, deletions and changes of roles wait for each other here, so that two owners who remove each other
 * do not both succeed.
 */
const oneAtATime = ({ db }: Store) =>
  sql`update settings set updated_at = updated_at where name = ${firstAdministrator}`.compile(db);
