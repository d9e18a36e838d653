import Provider, { type Adapter, type AdapterPayload, errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { Platform } from '../platform.ts';
import { findOidcSession, leaveOidcSession, writeOidcSession } from '../store/oidc-sessions.ts';
import { isUnmet } from '../store/requirement.ts';
import type { Store } from '../store/store.ts';
import { type Admit, admitAnonymous } from './admission.ts';
import { keepOtherGrants } from './merges.ts';
import { currentSignIn, isOfNewSession } from './resume.ts';
import { forgetWaitingWrites, waitingWrites } from './waiting-writes.ts';

const maxUserAgentLength = 512;

/** Requests whose answers set no cookie of a session. */
const withoutCookie = new WeakSet<KoaContextWithOIDC['req']>();

function leaveCookieAlone(): void {
  if (Provider.ctx) withoutCookie.add(Provider.ctx.req);
}

/** Why the session of a request was not written. */
const failed = new WeakMap<KoaContextWithOIDC['req'], unknown>();

type Deps = { store: Store; platform: Platform; admit: Admit };

/**
 * Keeps the sessions of oidc-provider. A sign-in gives a session another id, so that an id from before it is good for
 * nothing; oidc-provider would end the record and make another, and between the two there would be no session.
 */
export function createSessionAdapter({ store, platform, admit }: Deps): Pick<Adapter, 'upsert' | 'find' | 'destroy'> {
  return {
    async upsert(id, payload, expiresIn = 0) {
      // Whoever is not signed in needs one while being asked whether to sign out, and another sign-in may be under way.
      if (payload.accountId === undefined && payload.state === undefined) return leaveCookieAlone();
      // oidc-provider tries once more at the end: then nobody would hear of what is written, and the sign-in is over.
      if (Provider.ctx && failed.has(Provider.ctx.req)) throw failed.get(Provider.ctx.req);
      await admitAnonymous(admit, 'Session', payload);
      const now = platform.now();
      const record = {
        model: 'Session' as const,
        id,
        payload: JSON.stringify({ ...payload, ...seen(now) }),
        grant_id: null,
        uid: String(payload.uid),
        account_id: payload.accountId ?? null,
        user_code: payload.userCode ?? null,
        expires_at: now + expiresIn * 1000,
      };
      const replaces = currentSession()?.oldId;
      const validFrom = currentSignIn()?.validFrom;
      const alongside = waitingWrites();
      const how = { replaces, isNew: isOfNewSession(), now, merge: keepOtherGrants, validFrom, alongside };
      const { isTheirs, isWritten } = await writeOidcSession(store, record, how).catch((error: unknown) => {
        leaveCookieAlone();
        const failure = isUnmet(error) ? new errors.SessionNotFound('this sign-in has ended') : error;
        if (Provider.ctx) failed.set(Provider.ctx.req, failure);
        throw failure;
      });
      if (isWritten) forgetWaitingWrites();
      if (!isTheirs) leaveCookieAlone();
    },

    async find(id): Promise<AdapterPayload | undefined> {
      const payload = await findOidcSession(store, id, platform.now());
      return payload === undefined ? undefined : { ...JSON.parse(payload), jti: id };
    },

    async destroy(id) {
      const session = currentSession();
      // Its record gets the new id when it is written.
      if (session?.oldId === id) return;
      await leaveOidcSession(store, { id, uid: session?.jti === id ? session.uid : undefined }, platform.now());
    },
  };
}

/** The session of the request under way; `oldId` is the one it had before the sign-in. */
const currentSession = (): (NonNullable<KoaContextWithOIDC['oidc']['session']> & { oldId?: string }) | undefined =>
  Provider.ctx?.oidc?.session;

/** When and with what a session was last used, for its owner to see. */
function seen(now: number): { lastSeenAt: number; userAgent?: string } {
  const userAgent = Provider.ctx?.get('user-agent').slice(0, maxUserAgentLength);
  return { lastSeenAt: now, ...(userAgent && { userAgent }) };
}

/**
 * Leaves the cookie of a browser alone where the session got another id, or ended, while a request was under way: the
 * browser has the cookie of the later one, or is about to get it.
 */
export function keepLaterSession(provider: Provider) {
  const names = ['', '.sig'].map((end) => `${provider.cookieName('session')}${end}=`);
  return async ({ req, res }: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    const cookies = res.getHeader('set-cookie');
    if (!withoutCookie.has(req) || !Array.isArray(cookies)) return;
    res.setHeader(
      'set-cookie',
      cookies.filter((cookie) => !names.some((name) => cookie.startsWith(name))),
    );
  };
}
