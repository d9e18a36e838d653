import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { contextClasses, type SecondFactor } from '../accounts/authentication-methods.ts';
import { createResources } from '../accounts/resources/resources.ts';
import { createScopes } from '../accounts/resources/scopes.ts';
import type { Platform } from '../platform.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import type { Held } from '../store/held.ts';
import { flowLifetimeMs } from '../store/sign-in-flows.ts';
import type { Alongside, Store } from '../store/store.ts';
import type { FlowEvent } from '../store/tables/sign-ins.ts';
import { claimsByScope, findAccount } from './account.ts';
import { checkAskedClaims } from './asked-context.ts';
import { clientInstance, clientSettings, instanceOf } from './client-settings.ts';
import { CookieSignatures, hostCookieName } from './cookies.ts';
import { setFlowKey } from './flow-cookie.ts';
import { loadGrant } from './grants.ts';
import { asksSecondFactorAlone, createPolicy } from './prompts.ts';
import { createRefusals } from './refusals.ts';
import { limitedParams } from './request-limits.ts';
import { resourceIndicators } from './resource-indicators.ts';
import { createUserSessions } from './sessions.ts';
import { firstPage, secondFactorPage } from './sign-in-request.ts';
import { signOut } from './sign-out.ts';
import { takeUser } from './token-origin.ts';
import { endsCodeAlone } from './token-writes.ts';
import { type OidcViews, pageOf } from './views.ts';
import { writeLater } from './waiting-writes.ts';

/** Where the server is reached, and the name of the Management API in tokens. */
export type OidcSettings = {
  /** Base URL without a slash at the end. */
  publicUrl: string;
  /** The `resource` to ask for, and the audience of the tokens. */
  apiIndicator: string;
};

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** What makes the flow of a new interaction, to be written with it; its key is for the browser alone. */
export type BeginFlow = (
  id: string,
  event: FlowEvent,
  session?: { accountId: string; id: string },
) => Alongside & { key: string };

/** What a user is asked for as a second factor; nothing where nothing is. */
export type MayComeSecond = (userId: string) => Promise<SecondFactor[]>;

type Deps = {
  store: Store;
  platform: Platform;
  held: Held;
  secretKeys: SecretKeys;
  settings: OidcSettings;
  views: OidcViews;
  beginFlow: BeginFlow;
  mayComeSecond: MayComeSecond;
};

/** How we use oidc-provider; the keys and the adapter are added by `provider.ts`. */
export function oidcConfiguration({
  store,
  platform,
  held,
  secretKeys,
  settings,
  views,
  beginFlow,
  mayComeSecond,
}: Deps): Configuration {
  const sessions = createUserSessions({ store, platform });
  const resources = createResources({ store, platform, held, apiIndicator: settings.apiIndicator });
  const scopes = createScopes({ store, platform, held });
  return {
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    rotateRefreshToken: clientSettings.rotateRefreshToken,
    issueRefreshToken: clientSettings.issueRefreshToken,
    extraClientMetadata: clientSettings.extraClientMetadata,
    // Those that bring no claims open fields of the Account API.
    scopes: ['openid', 'offline_access', 'identities', 'urn:logto:scope:trusted_devices'],
    claims: claimsByScope,
    acrValues: [...contextClasses],
    // Applications find what they asked for in the ID token, without another request.
    conformIdTokenClaims: false,
    ttl: {
      AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? hour,
      AuthorizationCode: minute,
      ClientCredentials: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? hour,
      Grant: clientSettings.grantTtl,
      IdToken: (_ctx, _token, client) => clientSettings.idTokenTtl(client),
      Interaction: flowLifetimeMs / 1000,
      RefreshToken: (_ctx, _token, client) => clientSettings.refreshTokenTtl(client),
      // Whoever is not signed in has one only while being asked whether to sign out.
      Session: (_ctx, session) => (session.accountId ? 14 * day : 10 * minute),
    },
    // The pages and the Experience API both read the cookie of the interaction.
    cookies: {
      keys: new CookieSignatures(secretKeys.cookies),
      names: {
        session: hostCookieName(settings.publicUrl, '_session'),
        interaction: hostCookieName(settings.publicUrl, '_interaction'),
      },
      short: { httpOnly: true, sameSite: 'lax', path: '/' },
    },
    // Others verify the tokens for their API on their own, and know the application by its id.
    extraTokenClaims: ({ oidc }, { kind, aud }) => {
      if (kind === 'AccessToken' && aud !== undefined) return signInOf(oidc);
      return kind === 'ClientCredentials' && aud === settings.apiIndicator
        ? { [clientInstance]: instanceOf(oidc.client) }
        : undefined;
    },
    findAccount: ({ oidc: { session } }, id, token) =>
      token
        ? findAccount(store, id, originOf(token), takeUser(id, originOf(token).session))
        : findAccount(store, id, { signedInAt: session?.loginTs, session: session?.uid }),
    loadExistingGrant: loadGrant,
    revokeGrantPolicy: (ctx) =>
      !endsCodeAlone(ctx) && !(ctx.oidc.route === 'revocation' && ctx.oidc.entities.AccessToken),
    extraParams: limitedParams,
    discovery: { prompt_values_supported: ['none', 'login', 'consent', 'create'] },
    interactions: {
      policy: createPolicy(mayComeSecond),
      url: async (ctx, { uid, params, prompt }) => {
        const { session } = ctx.oidc;
        const isAdded = await asksSecondFactorAlone(prompt, session, mayComeSecond);
        const { path, event, parameters } = isAdded ? secondFactorPage : firstPage(params);
        const { key, ...begins } = beginFlow(uid, event, isAdded);
        writeLater(begins);
        setFlowKey(ctx, { id: uid, ...settings }, key);
        return `${settings.publicUrl}${path}?${new URLSearchParams({ flow: uid, ...parameters })}`;
      },
    },
    clientBasedCORS: clientSettings.clientBasedCORS,
    renderError: createRefusals(views).render,
    features: {
      claimsParameter: { enabled: true, assertClaimsParameter: checkAskedClaims },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx) => signOut(ctx, { sessions, views }),
        postLogoutSuccessSource: async (ctx) => {
          ctx.body = await views.signedOut(pageOf(ctx));
        },
      },
      resourceIndicators: resourceIndicators({ resources, scopes, apiIndicator: settings.apiIndicator }),
    },
  };
}

/** How and when somebody signed in, for those who verify an access token on their own (RFC 9068, section 2.2.1). */
function signInOf({ entities: { AuthorizationCode: code, RefreshToken: token } }: KoaContextWithOIDC['oidc']) {
  const { authTime: auth_time, acr, amr } = code ?? token ?? {};
  return { auth_time, acr, amr };
}

/** The sign-in that a token comes from. */
const originOf = ({
  authTime,
  iat,
  sessionUid,
}: Partial<Record<'authTime' | 'iat', number> & { sessionUid: string }>) => ({
  signedInAt: authTime,
  issuedAt: iat,
  session: sessionUid,
});
