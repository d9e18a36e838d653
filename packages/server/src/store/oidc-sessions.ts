import { sql } from 'kysely';
import {
  insertOidcModel,
  isOfEndedSession,
  isOfModel,
  lockOfOidcModel,
  type OidcModelRecord,
  replacingOidcModel,
  waitingForUser,
} from './oidc-models.ts';
import { text, whole } from './parameters.ts';
import { statement } from './statement.ts';
import { type Alongside, nothingAlongside, type Store } from './store.ts';
import type { OidcModelsTable } from './tables/sign-ins.ts';
import type { UsersTable } from './tables/users.ts';

/** What is written of a session. */
export type OidcSessionRecord = Omit<OidcModelRecord, 'uid'> & { model: 'Session'; uid: string };

/**
 * Makes one record of a session of what is there and of what is to be written, both as JSON; `undefined` where nothing
 * is to be written. `isRenamed`: it gets the id of what is written.
 */
export type MergeSession = (stored: string, written: string, isRenamed: boolean) => string | undefined;

type Write = {
  /** The id that the session is to have no longer. */
  replaces?: string | undefined;
  now: number;
  merge: MergeSession;
  /** When the sign-ins of the user were last ended, as whoever signs in with it was looked at; as in `waitingForUser`. */
  validFrom?: number | undefined;
  /** Whether nobody can have written it before. */
  isNew?: boolean;
  /** In the same transaction; it has to come to the same when that is tried again. */
  alongside?: Alongside;
};

/**
 * Writes to a session. It has one record, whose id changes with a sign-in, and whose uid stays. A request under way may
 * know it by the id of before: what that one writes is added to the session of the same uid, while there is one.
 * @returns whether the session has the id of the record now, and whether something was written
 */
export async function writeOidcSession(
  store: Store,
  record: OidcSessionRecord,
  { replaces, isNew = false, now, merge, validFrom, alongside = nothingAlongside }: Write,
): Promise<{ isTheirs: boolean; isWritten: boolean }> {
  const findKnown = async () =>
    (await find(store, record.id)) ?? (replaces === undefined ? undefined : await find(store, replaces));
  for (let isFirst = isNew; ; isFirst = false) {
    const known = isFirst ? undefined : await findKnown();
    if (!known) {
      if (await insertOidcModel(store, record, validFrom, alongside)) return { isTheirs: true, isWritten: true };
      continue;
    }
    const isCurrent = known.consumed_at === null;
    const stored = isCurrent ? known : await findCurrent(store, record.uid);
    const id = isCurrent ? record.id : stored?.id;
    const payload = stored && merge(stored.payload, record.payload, id !== stored.id);
    if (!stored || id === undefined || payload === undefined) return { isTheirs: false, isWritten: false };
    if (await replace(store, stored, { ...record, id, payload }, { now, validFrom, alongside })) {
      return { isTheirs: isCurrent, isWritten: true };
    }
  }
}

/**
 * The session of this id, as JSON. Where a sign-in has just given it another id, it is found all the same, if it was of
 * the same account then: the browser may have asked before it got the new one. Whoever asks later with the id of before
 * finds nothing.
 * @param now when it is asked for
 */
export async function findOidcSession(store: Store, id: string, now: number): Promise<string | undefined> {
  const known = await find(store, id);
  if (!known || known.consumed_at === null) return known?.payload;
  if (known.account_id === null || now >= known.consumed_at + renamingMs) return undefined;
  const current = await findCurrent(store, (JSON.parse(known.payload) as { uid: string }).uid);
  return current?.account_id === known.account_id ? current.payload : undefined;
}

/** How long requests of a browser may be on their way that it sent before the answer with the new id. */
const renamingMs = 3_000;

/** Ends the session that a browser leaves, also where its id has changed meanwhile. What it gave away may outlive it. */
export async function leaveOidcSession(
  { db }: Store,
  { id, uid }: { id: string; uid: string | undefined },
  now: number,
): Promise<void> {
  await db
    .updateTable('oidc_models')
    .set({ consumed_at: now, uid: null })
    .where('model', '=', 'Session')
    .where(({ eb, or }) => or([eb('id', '=', id), ...(uid === undefined ? [] : [eb('uid', '=', uid)])]))
    .where('consumed_at', 'is', null)
    .execute();
}

/**
 * The user with this id, unless the session of this uid was ended; a sign-out ends the session of a browser alone, and
 * does not count here.
 */
export async function findUserInSession(store: Store, id: string, uid: string): Promise<UsersTable | undefined> {
  const [user] = await store.run(findingUser(store, { id, uid }));
  return user;
}

const findingUser = statement<{ id: string; uid: string }, UsersTable>((slot, db) =>
  db
    .selectFrom('users')
    .selectAll()
    .where(
      'id',
      '=',
      slot(({ id }) => id),
    )
    .where(({ not }) => not(isOfEndedSession(sql.val(slot(({ uid }) => uid))))),
);

/** The sessions of somebody who is signed in, as JSON. */
export async function listOidcSessions({ db }: Store, accountId: string, now: number): Promise<string[]> {
  const rows = await db
    .selectFrom('oidc_models')
    .select('payload')
    .where('account_id', '=', accountId)
    .where('model', '=', 'Session')
    .where('consumed_at', 'is', null)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .execute();
  return rows.map(({ payload }) => payload);
}

type Stored = Pick<OidcModelsTable, 'id' | 'account_id' | 'payload' | 'consumed_at'>;

const selectFor = (db: Store['db']) =>
  db.selectFrom('oidc_models').select(['id', 'account_id', 'payload', 'consumed_at']).where(isOfModel('Session'));

const findingSession = statement<{ id: string }, Stored>((slot, db) =>
  selectFor(db).where(
    'id',
    '=',
    slot(({ id }) => id),
  ),
);

const findingCurrent = statement<{ uid: string }, Stored>((slot, db) =>
  selectFor(db)
    .where(
      'uid',
      '=',
      slot(({ uid }) => uid),
    )
    .where('consumed_at', 'is', null),
);

const find = async (store: Store, id: string): Promise<Stored | undefined> =>
  (await store.run(findingSession(store, { id })))[0];

const findCurrent = async (store: Store, uid: string): Promise<Stored | undefined> =>
  (await store.run(findingCurrent(store, { uid })))[0];

/**
 * Writes to a session, if it is still as it was seen. An id that it has no longer stays as a consumed record, which
 * knows the uid, and the account if that has not changed. @returns whether it was
 */
async function replace(
  store: Store,
  seen: Stored,
  record: OidcSessionRecord,
  { now, validFrom, alongside }: Pick<Write, 'now' | 'validFrom'> & { alongside: Alongside },
): Promise<boolean> {
  const locks = [...lockOfOidcModel(record), ...lockOfOidcModel({ ...record, id: seen.id })];
  const account_id = seen.account_id === record.account_id ? seen.account_id : null;
  // Where it is of somebody else by now, an end of all sign-ins may have looked for theirs already.
  const waiting = account_id === record.account_id ? [] : waitingForUser(store, record, validFrom);
  const renaming = record.id === seen.id ? [] : [keepingId(store, { record, seen, account_id, now })];
  const before = [...waiting, ...alongside.statements];
  const statements = [...before, replacingOidcModel(store, { record, seen }), ...renaming];
  const written = await store.atomically(statements, [...locks, ...alongside.locks]);
  return (written[before.length]?.length ?? 0) > 0;
}

type Renaming = { record: OidcSessionRecord; seen: Stored; account_id: string | null; now: number };

const keepingId = statement<Renaming>(
  (slot) => sql`insert into oidc_models (model, id, payload, account_id, consumed_at, expires_at)
    select model, ${text(slot(({ seen }) => seen.id))}, ${text(slot(({ record: { uid } }) => JSON.stringify({ uid })))},
      ${text(slot(({ account_id }) => account_id))}, ${whole(slot(({ now }) => now))}, expires_at
    from oidc_models where model = 'Session' and id = ${slot(({ record }) => record.id)}`,
);
