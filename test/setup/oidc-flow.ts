import * as client from 'openid-client';
import { createPasswords } from '../../packages/server/src/accounts/passwords.ts';
import type { User } from '../../packages/server/src/accounts/user-record.ts';
import { createUsers } from '../../packages/server/src/accounts/users.ts';
import type { ApplicationType } from '../../packages/server/src/store/tables/applications.ts';
import { newDevices } from './clients.ts';
import type { OidcServer } from './oidc-server.ts';
import { platform } from './platform.ts';
import { newUserAgent, type UserAgent } from './user-agent.ts';

/** An application that signs people in with `openid-client`. */
export type Relier = {
  id: string;
  redirectUri: string;
  configuration: client.Configuration;
  /** Where it sends a browser, and what it has to keep until the answer. */
  start: (parameters?: Record<string, string>) => Promise<{ url: URL; verifier: string; state: string }>;
  /** Gets tokens for the answer. */
  finish: (callback: URL, kept: { verifier: string; state: string }, maxAge?: number) => Promise<Tokens>;
};

export type Tokens = client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;

/** A user of a server that has no other rooms than OpenID Connect. */
export function newUser({ store }: OidcServer, fields: Parameters<Users['create']>[0]): Promise<User> {
  return usersOf(store).create(fields);
}

type Users = ReturnType<typeof createUsers>;

/** The users of a server that has no other rooms. */
export const usersOf = (store: OidcServer['store']): Users =>
  createUsers({ store, platform, passwords: createPasswords(platform), devices: newDevices(store) });

/** Registers an application and discovers the server. */
export async function newRelier(server: OidcServer, type: ApplicationType = 'Traditional'): Promise<Relier> {
  const redirectUri = 'https://app.example.com/callback';
  const { id, secret } = await server.applications.create({
    name: 'Shop',
    type,
    oidcClientMetadata: { redirectUris: [redirectUri], postLogoutRedirectUris: ['https://app.example.com/bye'] },
  });
  const authentication = secret === undefined ? client.None() : client.ClientSecretBasic(secret);
  return discoverRelier(`${server.url}/oidc`, { id, redirectUri, authentication });
}

/** An application that was registered before. */
export async function discoverRelier(
  issuer: string,
  { id, redirectUri, authentication }: { id: string; redirectUri: string; authentication: client.ClientAuth },
  customFetch?: client.CustomFetch,
): Promise<Relier> {
  const configuration = await client.discovery(new URL(issuer), id, undefined, authentication, {
    execute: [client.allowInsecureRequests],
    ...(customFetch && { [client.customFetch]: customFetch }),
  });
  return {
    id,
    redirectUri,
    configuration,
    async start(parameters = {}) {
      const [verifier, state] = [client.randomPKCECodeVerifier(), client.randomState()];
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: 'openid profile phone',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        ...parameters,
      });
      return { url, verifier, state };
    },
    finish: (callback, { verifier, state }, maxAge) =>
      client.authorizationCodeGrant(configuration, callback, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        idTokenExpected: true,
        ...(maxAge !== undefined && { maxAge }),
      }),
  };
}

/** What a request for a refresh token has to ask for. */
export const offline = { scope: 'openid profile phone offline_access', prompt: 'consent' };

/** A sign-in from end to end, where the page that proves who it is does nothing but say so. */
export async function signIn(
  server: OidcServer,
  { relier, accountId, parameters = {}, browser = newUserAgent() }: SignIn,
): Promise<{ tokens: Tokens; browser: UserAgent; flow: string }> {
  const kept = await relier.start(parameters);
  const page = await browser.visit(kept.url);
  const flow = page.url.searchParams.get('flow') ?? '';
  const { url } = await browser.visit(await server.finish(flow, { accountId }));
  return { tokens: await relier.finish(url, kept), browser, flow };
}

type SignIn = { relier: Relier; accountId: string; parameters?: Record<string, string>; browser?: UserAgent };
