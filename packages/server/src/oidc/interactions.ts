import type { FastifyRequest } from 'fastify';
import type { CompiledQuery } from 'kysely';
import type Provider from 'oidc-provider';
import type { Platform } from '../platform.ts';
import type { Store } from '../store/store.ts';
import { findAccount } from './account.ts';
import { accountSignInUrl } from './account-client.ts';
import type { OidcSettings } from './configuration.ts';
import { readCookie } from './cookies.ts';
import type { OidcProvider } from './provider.ts';
import type { UserSession, UserSessions } from './sessions.ts';
import { type SignInRequest, toSignInRequest } from './sign-in-request.ts';

export type { UserSession } from './sessions.ts';
export type { SignInRequest } from './sign-in-request.ts';

/** Somebody who is signed in with this browser; the time is in milliseconds since the epoch. */
export type CurrentSession = { id: string; accountId: string; signedInAt: number };

/** Whom an access token stands for. */
export type UserToken = {
  accountId: string;
  clientId: string;
  /** How the application is called. */
  clientName: string;
  scopes: string[];
  /** What the user allowed the application, which its renewed tokens share. */
  grantId: string;
  /** The session that it came from. */
  sessionId: string | undefined;
};

/** What pages and APIs for end users see of OpenID Connect. */
export type Interactions = {
  /** The request that this browser is in the middle of, by the interaction cookie. */
  fromCookie(request: FastifyRequest): Promise<SignInRequest | undefined>;
  /** The request with this id, while it is neither answered nor too old. */
  find(id: string): Promise<SignInRequest | undefined>;
  /** Who is signed in with this browser; nobody who is suspended or deleted. */
  findSession(request: FastifyRequest): Promise<CurrentSession | undefined>;
  /** Where a user is signed in, the latest sign-in first. */
  listSessions(accountId: string): Promise<UserSession[]>;
  /** Ends a session of the user, with its grants and tokens. @returns whether there was one */
  endSession(accountId: string, id: string): Promise<boolean>;
  /** Ends all sessions, grants and tokens of a user, but those of the session `except`. */
  endSessions(accountId: string, options?: { except?: string | undefined }): Promise<void>;
  /** As `endSessions`, as statements for a transaction with others. */
  endingSessions(accountId: string, options?: { except?: string | undefined }): Promise<CompiledQuery<unknown>[]>;
  /** Whom an access token stands for, while its grant and the user are good. The tokens of users are opaque. */
  findAccessToken(token: string): Promise<UserToken | undefined>;
  /** Where to send a browser to sign in for the account page. It comes back to `/account` with a query to ignore. */
  accountSignInUrl(options?: { uiLocales?: string | undefined }): string;
};

type Deps = {
  store: Store;
  platform: Platform;
  oidc: OidcProvider;
  sessions: UserSessions;
  settings: Pick<OidcSettings, 'publicUrl'>;
};

/** The border of this room. */
export function createInteractions({ store, platform, oidc, sessions, settings }: Deps): Interactions {
  async function findRequest(provider: Provider, id: string): Promise<SignInRequest | undefined> {
    const interaction = await provider.Interaction.find(id);
    const client = interaction && (await provider.Client.find(String(interaction.params.client_id)));
    if (!interaction || !client) return undefined;
    return toSignInRequest(interaction, { id: client.clientId, name: client.clientName ?? '' });
  }

  return {
    async fromCookie(request) {
      const provider = await oidc.current();
      const id = readCookie(provider, request, 'interaction');
      return id === undefined ? undefined : findRequest(provider, id);
    },

    find: async (id) => findRequest(await oidc.current(), id),

    async findSession(request) {
      const provider = await oidc.current();
      const id = readCookie(provider, request, 'session');
      const session = id === undefined ? undefined : await provider.Session.find(id);
      if (!session?.accountId) return undefined;
      const origin = { signedInAt: session.loginTs, session: session.uid };
      if (!(await findAccount(store, session.accountId, origin))) return undefined;
      return { id: session.uid, accountId: session.accountId, signedInAt: (session.loginTs ?? 0) * 1000 };
    },

    listSessions: (accountId) => sessions.list(accountId),
    endSession: (accountId, id) => sessions.end(accountId, id),
    endSessions: (accountId, options) => sessions.endAll(accountId, options),
    endingSessions: (accountId, options) => sessions.endingAll(accountId, options),

    async findAccessToken(value) {
      const provider = await oidc.current();
      const token = await provider.AccessToken.find(value);
      if (!token || token.aud !== undefined) return undefined;
      const [grant, client, account] = await Promise.all([
        provider.Grant.find(token.grantId),
        provider.Client.find(token.clientId ?? ''),
        findAccount(store, token.accountId, { issuedAt: token.iat, session: token.sessionUid }),
      ]);
      if (!account || !client || grant?.accountId !== token.accountId || grant.clientId !== client.clientId) {
        return undefined;
      }
      return {
        accountId: token.accountId,
        clientId: client.clientId,
        clientName: client.clientName ?? '',
        scopes: [...token.scopes],
        grantId: token.grantId,
        sessionId: token.sessionUid,
      };
    },

    accountSignInUrl: ({ uiLocales } = {}) => accountSignInUrl(settings.publicUrl, platform, uiLocales),
  };
}
