import { type CompiledQuery, sql } from 'kysely';
import { whole } from './parameters.ts';
import type { Store } from './store.ts';
import { endingTrustedDevices } from './trusted-devices.ts';
import { changeUser, validFrom } from './users.ts';
import { forgettingProofs } from './verifications.ts';

/** What of somebody's sessions and grants is to end; without either, all of it. */
export type EndedOidcModels = {
  /** Only this session with its grants. At a sign-out only those that are named: what it gave away may outlive it. */
  only?: (Named & { isSignOut?: boolean }) | undefined;
  /** All but this session with its grants. */
  except?: Named | undefined;
};

/** A session, and the grants that it knows. Requests under way may have made others, which know the session. */
type Named = { sessionUid: string; grantIds: readonly string[] };

/**
 * Ends everything that somebody is signed in with, but for what is excepted: sessions, grants and tokens, and what was
 * proven for sign-ins that are under way or by browsers that are trusted.
 */
export const endingSignIns = (
  store: Store,
  accountId: string,
  { except }: Pick<EndedOidcModels, 'except'>,
  now: number,
): CompiledQuery<unknown>[] => [
  changeUser(store, accountId, { sessions_valid_from: validFrom(now), kept_session: except?.sessionUid ?? null }),
  ...endingOidcModels(store, accountId, { except }, now),
  forgettingProofs(store, accountId),
  endingTrustedDevices(store, accountId),
];

/** Longer than what came from a session can be of use without its grant; grants go before the mark, see `expired.ts`. */
const endedSessionMs = 15 * 24 * 60 * 60_000;

/**
 * Ends sessions and grants of an account, and deletes the tokens and codes that came from them. The sessions and grants
 * stay as consumed records until they expire: a request under way that writes to one again does not bring it back. A
 * session keeps its uid, by which everything that came from it is void, also what a request under way makes of it.
 */
export function endingOidcModels(
  { db }: Store,
  accountId: string,
  { only, except }: EndedOidcModels,
  now: number,
): CompiledQuery<unknown>[] {
  const named = only ?? except;
  const isNamed = named && (only?.isSignOut ? isSignedOut(named) : isOfSession(named));
  const condition = isNamed ? (only ? isNamed : sql<boolean>`not ${isNamed}`) : sql<boolean>`1 = 1`;
  return [
    db
      .updateTable('oidc_models')
      .set({
        consumed_at: now,
        ...(only?.isSignOut
          ? { uid: null }
          : { expires_at: sql`case when model = 'Session' then ${whole(now + endedSessionMs)} else expires_at end` }),
      })
      .where('account_id', '=', accountId)
      .where('model', 'in', ['Session', 'Grant'])
      .where('consumed_at', 'is', null)
      .where(condition)
      .compile(),
    db
      .deleteFrom('oidc_models')
      .where('account_id', '=', accountId)
      .where('model', 'not in', ['Session', 'Grant'])
      .where(condition)
      .compile(),
  ];
}

const isSignedOut = ({ sessionUid, grantIds }: Named) => sql<boolean>`(
  model = 'Session' and uid is not null and uid = ${sessionUid}
  or model = 'Grant' and id in (${listOf(grantIds)})
  or grant_id is not null and grant_id in (${listOf(grantIds)}))`;

const isOfSession = (named: Named) => sql<boolean>`(${isSignedOut(named)}
  or model = 'Grant' and uid is not null and uid = ${named.sessionUid}
  or grant_id is not null and grant_id in
    (select given.id from oidc_models as given where given.model = 'Grant' and given.uid = ${named.sessionUid}))`;

/** `in ()` is no SQL; no id is the empty text. */
const listOf = (ids: readonly string[]) => sql.join(ids.length > 0 ? ids : ['']);
