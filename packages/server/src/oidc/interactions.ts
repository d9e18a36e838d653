import type { FastifyRequest } from 'fastify';
import type { CompiledQuery } from 'kysely';
import type Provider from 'oidc-provider';
import type { ClientMetadata } from 'oidc-provider';
import { isStorable } from '../kept-json.ts';
import type { Platform } from '../platform.ts';
import type { SignInFlowKey } from '../store/sign-in-flows.ts';
import { findSignInRequest } from '../store/sign-in-requests.ts';
import type { Store } from '../store/store.ts';
import type { SignInFlowsTable } from '../store/tables/sign-ins.ts';
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
  /** The id of the request that this browser is in the middle of, by the interaction cookie. */
  idFromCookie(request: FastifyRequest): Promise<string | undefined>;
  /** The request with this id, while it is neither answered nor too old, and its flow, if the key is right. */
  find(key: SignInFlowKey): Promise<{ signIn: SignInRequest; flow: SignInFlowsTable | undefined } | undefined>;
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

/** Where oidc-provider looks applications up, which are held in memory. */
const clientsOf = (model: Provider['Client']) =>
  (model as unknown as { adapter: { find: (id: string) => Promise<ClientMetadata | undefined> } }).adapter;

/** The border of this room. */
export function createInteractions({ store, platform, oidc, sessions, settings }: Deps): Interactions {
  return {
    idFromCookie: async (request) => readCookie(await oidc.current(), request, 'interaction'),

    async find(key) {
      const { Client } = await oidc.current();
      const found = isStorable(key.id) ? await findSignInRequest(store, key) : undefined;
      if (!found) return undefined;
      const interaction = JSON.parse(found.payload);
      const application = await clientsOf(Client).find(interaction.params.client_id);
      if (!application) return undefined;
      const { client_id: id, client_name: name = '' } = application;
      return { signIn: toSignInRequest({ ...interaction, uid: key.id }, { id, name }), flow: found.flow };
    },

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
