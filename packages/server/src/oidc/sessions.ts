import type { Platform } from '../platform.ts';
import { findApplication } from '../store/applications.ts';
import { endingOidcModels, endingSignIns } from '../store/ended-sessions.ts';
import { listOidcGrants } from '../store/oidc-grants.ts';
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
  /** When it ends, if no application asks for it any more. */
  expiresAt: number;
  /** The applications that it is signed in to, by name. */
  applications: { id: string; name: string; grantId: string }[];
};

export type UserSessions = ReturnType<typeof createUserSessions>;

/** What is read of the record that oidc-provider keeps of a session. */
type StoredSession = {
  uid: string;
  loginTs?: number;
  exp?: number;
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

  /** As `endAll`, as statements for a transaction with others. */
  async function endingAll(accountId: string, { except }: { except?: string | undefined } = {}) {
    const kept = except === undefined ? undefined : await find(accountId, except);
    return endingSignIns(store, accountId, { except: kept }, platform.now());
  }

  return {
    endingAll,

    /** The latest sign-in first. */
    async list(accountId: string): Promise<UserSession[]> {
      const [stored, grants] = await Promise.all([list(accountId), listOidcGrants(store, accountId)]);
      const sessions = await Promise.all(stored.map((session) => toUserSession(store, session, new Set(grants))));
      return sessions.toSorted((one, other) => other.signedInAt - one.signedInAt);
    },

    /**
     * Ends a session with its grants and tokens; those with offline access stay where that is said, as after any sign-out.
     * @returns whether there was one
     */
    async end(accountId: string, id: string, stays?: 'offline access stays'): Promise<boolean> {
      const ended = await find(accountId, id, stays);
      const only = ended && { ...ended, isSignOut: stays !== undefined };
      if (only) await store.atomically(endingOidcModels(store, accountId, { only }, platform.now()));
      return only !== undefined;
    },

    /** Signs a browser out. */
    async leave(accountId: string, id: string): Promise<void> {
      await this.end(accountId, id, 'offline access stays');
    },

    /**
     * Ends every session, grant and token of a user, but those of the session `except`, and what was proven for sign-ins
     * that are under way.
     */
    async endAll(accountId: string, options: { except?: string | undefined } = {}): Promise<void> {
      await store.atomically(await endingAll(accountId, options));
    },
  };
}

/** @param grants those of the user that count; an application may have been deleted and made again */
async function toUserSession(store: Store, session: StoredSession, grants: Set<string>): Promise<UserSession> {
  const signedInAt = (session.loginTs ?? 0) * 1000;
  const given = Object.entries(session.authorizations ?? {}).filter(([, { grantId = '' }]) => grants.has(grantId));
  const applications = await Promise.all(
    given.map(async ([id, { grantId = '' }]) => {
      const application = await findApplication(store, id);
      return application ? [{ id, name: application.name, grantId }] : [];
    }),
  );
  return {
    id: session.uid,
    signedInAt,
    lastSeenAt: session.lastSeenAt ?? signedInAt,
    userAgent: session.userAgent,
    expiresAt: (session.exp ?? 0) * 1000,
    applications: applications.flat().toSorted((one, other) => (one.name < other.name ? -1 : 1)),
  };
}
