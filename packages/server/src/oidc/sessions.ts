import type { Platform } from '../platform.ts';
import { findApplication } from '../store/applications.ts';
import { endingOidcModels, endingSignIns } from '../store/ended-sessions.ts';
import { listOidcGrants } from '../store/oidc-models.ts';
import { listOidcSessions } from '../store/oidc-sessions.ts';
import type { Store } from '../store/store.ts';

/** A browser that a user is signed in with. Times are milliseconds since the epoch. */
export type UserSession = {
  id: string;
  signedInAt: number;
  /** When an application last asked for a sign-in with it. */
  lastSeenAt: number;
  /** As the browser called itself then. */
  userAgent: string | undefined;
  /** Names of the applications that it is signed in to. */
  applications: string[];
};

export type UserSessions = ReturnType<typeof createUserSessions>;

/** What is read of the record that oidc-provider keeps of a session. */
type StoredSession = {
  uid: string;
  loginTs?: number;
  lastSeenAt?: number;
  userAgent?: string;
  /** By application; `persistsLogout` marks a grant with `offline_access`. */
  authorizations?: Record<string, { grantId?: string; persistsLogout?: boolean }>;
};

/** The sessions of users at this server, whichever application they signed in for. */
export function createUserSessions({ store, platform }: { store: Store; platform: Platform }) {
  const list = async (accountId: string): Promise<StoredSession[]> =>
    (await listOidcSessions(store, accountId, platform.now())).map((payload) => JSON.parse(payload));

  /** A session and the grants that were given in it; with `stays`, those that do not outlive it. */
  async function find(accountId: string, id: string, stays?: 'offline access stays') {
    const session = (await list(accountId)).find(({ uid }) => uid === id);
    const grants = Object.values(session?.authorizations ?? {}).filter((grant) => !(stays && grant.persistsLogout));
    return session && { sessionUid: session.uid, grantIds: grants.flatMap(({ grantId }) => grantId ?? []) };
  }

  return {
    /** The latest sign-in first. */
    async list(accountId: string): Promise<UserSession[]> {
      const [stored, grants] = await Promise.all([list(accountId), listOidcGrants(store, accountId)]);
      const sessions = await Promise.all(stored.map((session) => toUserSession(store, session, new Set(grants))));
      return sessions.toSorted((one, other) => other.signedInAt - one.signedInAt);
    },

    /** Ends a session with its grants and tokens. @returns whether there was one */
    async end(accountId: string, id: string): Promise<boolean> {
      const only = await find(accountId, id);
      if (only) await store.atomically(endingOidcModels(store, accountId, { only }, platform.now()));
      return only !== undefined;
    },

    /** Signs a browser out; applications with offline access keep it, as after any sign-out. */
    async leave(accountId: string, id: string): Promise<void> {
      const left = await find(accountId, id, 'offline access stays');
      const only = left && { ...left, isSignOut: true };
      if (only) await store.atomically(endingOidcModels(store, accountId, { only }, platform.now()));
    },

    /**
     * Ends every session, grant and token of a user, but those of the session `except`, and what was proven for sign-ins
     * that are under way.
     */
    async endAll(accountId: string, { except }: { except?: string | undefined } = {}): Promise<void> {
      const kept = except === undefined ? undefined : await find(accountId, except);
      await store.atomically(endingSignIns(store, accountId, { except: kept }, platform.now()));
    },
  };
}

/** @param grants those of the user that count; an application may have been deleted and made again */
async function toUserSession(store: Store, session: StoredSession, grants: Set<string>): Promise<UserSession> {
  const signedInAt = (session.loginTs ?? 0) * 1000;
  const given = Object.entries(session.authorizations ?? {}).filter(([, { grantId = '' }]) => grants.has(grantId));
  const applications = await Promise.all(given.map(([id]) => findApplication(store, id)));
  return {
    id: session.uid,
    signedInAt,
    lastSeenAt: session.lastSeenAt ?? signedInAt,
    userAgent: session.userAgent,
    applications: applications.flatMap((application) => application?.name ?? []).toSorted(),
  };
}
