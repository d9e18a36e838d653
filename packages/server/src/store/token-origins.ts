import { type RawBuilder, sql } from 'kysely';
import { isOfEndedSession, type StoredOidcModel } from './oidc-models.ts';
import { statement } from './statement.ts';
import type { Store } from './store.ts';
import type { UsersTable } from './tables/users.ts';

/** What tokens come from, by what it is looked up: the grant by its id, the session by its uid, and whose they are. */
export type TokenOrigin = {
  grant: { id: string; record: StoredOidcModel };
  session: { uid: string; record: StoredOidcModel } | undefined;
  /** Found while nothing of this session was ended. */
  user: { row: UsersTable; session: string | null } | undefined;
};

type Key = { model: 'AuthorizationCode' | 'RefreshToken'; id: string };

/** A code or a refresh token with what it comes from, as far as that counts. What ended is not found, as by `findOidcModel`. */
export async function findWithOrigin(
  store: Store,
  key: Key,
): Promise<{ record: StoredOidcModel; origin: TokenOrigin | undefined } | undefined> {
  const [found] = await store.run(find(store, key));
  if (!found) return undefined;
  const { payload, code_id, consumed_at, ...rest } = found;
  const { granted_id, granted_uid, granted_payload, granted_consumed_at, session_uid, session_payload, ...user } = rest;
  const ofGrant = { code_id: null, payload: granted_payload ?? '', consumed_at: granted_consumed_at };
  const ofSession = { code_id: null, payload: session_payload ?? '', consumed_at: null };
  return {
    record: { payload, code_id, consumed_at },
    origin:
      granted_id === null
        ? undefined
        : {
            grant: { id: granted_id, record: ofGrant },
            session: session_uid === null ? undefined : { uid: session_uid, record: ofSession },
            user: user.id === null ? undefined : { row: user as UsersTable, session: granted_uid },
          },
  };
}

type Found = StoredOidcModel & {
  granted_id: string | null;
  granted_uid: string | null;
  granted_payload: string | null;
  granted_consumed_at: number | null;
  session_uid: string | null;
  session_payload: string | null;
} & { [Column in keyof UsersTable]: UsersTable[Column] | null };

const find = statement<Key, Found>(
  (slot, db, { model }) =>
    db
      .selectFrom('oidc_models as token')
      .leftJoin('oidc_models as granted', (join) =>
        join
          .onRef('granted.id', '=', 'token.grant_id')
          .on('granted.model', '=', sql.lit('Grant'))
          .on(counts('granted')),
      )
      .leftJoin('oidc_models as session', (join) =>
        join
          .onRef('session.uid', '=', 'granted.uid')
          .on('session.model', '=', sql.lit('Session'))
          .on('session.consumed_at', 'is', null),
      )
      .leftJoin('users', (join) =>
        join.onRef('users.id', '=', 'token.account_id').onRef('granted.account_id', '=', 'users.id'),
      )
      .select([
        'token.payload',
        'token.code_id',
        'token.consumed_at',
        'granted.id as granted_id',
        'granted.uid as granted_uid',
        'granted.payload as granted_payload',
        'granted.consumed_at as granted_consumed_at',
        'session.uid as session_uid',
        'session.payload as session_payload',
      ])
      .selectAll('users')
      .where('token.model', '=', sql.lit(model))
      .where(
        'token.id',
        '=',
        slot(({ id }) => id),
      )
      .where(counts('token')),
  ({ model }) => model,
);

/** Whether neither the session of a record was ended, nor the application deleted that it was made for. */
const counts = (record: 'token' | 'granted'): RawBuilder<boolean> => sql<boolean>`(
  not ${isOfEndedSession(sql.ref(`${record}.uid`))}
  and (${sql.ref(`${record}.client_instance`)} is null
    or exists (select 1 from applications where applications.instance = ${sql.ref(`${record}.client_instance`)})))`;
