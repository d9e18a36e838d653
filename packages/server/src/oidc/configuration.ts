import { type Client, type Configuration, errors } from 'oidc-provider';
import type { SecretKeys } from '../secret-keys.ts';
import { logoutDonePage, logoutPage } from './logout-pages.ts';

/** Where the server is reached, and the name of the Management API in tokens. */
export type OidcSettings = {
  /** Base URL without a slash at the end. */
  publicUrl: string;
  /** The `resource` to ask for, and the audience of the tokens. */
  apiIndicator: string;
};

/** The scope that opens the Management API. */
export const managementScope = 'all';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** How we use oidc-provider; the keys and the adapter are added by `provider.ts`. */
export function oidcConfiguration(settings: OidcSettings, secretKeys: SecretKeys): Configuration {
  return {
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    rotateRefreshToken: true,
    scopes: ['openid', 'offline_access'],
    claims: {
      openid: ['sub'],
      profile: ['name', 'username'],
      phone: ['phone_number', 'phone_number_verified'],
    },
    // Applications find what they asked for in the ID token, without another request.
    conformIdTokenClaims: false,
    ttl: {
      AccessToken: hour,
      AuthorizationCode: minute,
      ClientCredentials: hour,
      Grant: 14 * day,
      IdToken: hour,
      Interaction: hour,
      RefreshToken: 14 * day,
      Session: 14 * day,
    },
    cookies: { keys: [secretKeys.cookies.toString('base64url')] },
    findAccount: async () => undefined,
    interactions: { url: () => `${settings.publicUrl}/sign-in` },
    clientBasedCORS: (_ctx, origin, client) =>
      origin !== 'null' && (client.redirectUris ?? []).some((uri) => URL.parse(uri)?.origin === origin),
    renderError: (ctx, out) => {
      ctx.type = 'json';
      ctx.body = out;
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: { enabled: true, logoutSource: logoutPage, postLogoutSuccessSource: logoutDonePage },
      resourceIndicators: managementApi(settings.apiIndicator),
    },
  };
}

type ResourceIndicators = NonNullable<NonNullable<Configuration['features']>['resourceIndicators']>;

/** The Management API is the one resource (RFC 8707), and machine-to-machine applications alone get tokens for it. */
function managementApi(indicator: string): ResourceIndicators {
  return {
    enabled: true,
    defaultResource: async (_ctx, client, oneOf) => {
      if (isMachine(client)) throw new errors.InvalidTarget(`ask for a resource; the Management API is ${indicator}`);
      return oneOf ?? [];
    },
    getResourceServerInfo: async (_ctx, resource, client) => {
      if (resource !== indicator || !isMachine(client)) throw new errors.InvalidTarget();
      return {
        scope: managementScope,
        audience: indicator,
        accessTokenFormat: 'jwt',
        accessTokenTTL: hour,
        jwt: { sign: { alg: 'ES256' } },
      };
    },
  };
}

const isMachine = (client: Client) => client.grantTypeAllowed('client_credentials');
