import { createHash } from 'node:crypto';
import type { ClientMetadata } from 'oidc-provider';
import type { Platform } from '../platform.ts';

/** The account page signs people in as an application of its own, which no list shows. */
export const accountApplication = { id: 'sesame-account', name: 'Sesame' };

const redirectUriOf = (publicUrl: string) => `${publicUrl}/account`;

/** The account page as oidc-provider knows it. */
export function accountClient(publicUrl: string): ClientMetadata {
  return {
    client_id: accountApplication.id,
    client_name: accountApplication.name,
    redirect_uris: [redirectUriOf(publicUrl)],
    post_logout_redirect_uris: [redirectUriOf(publicUrl)],
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  };
}

/**
 * Where to send a browser so that somebody signs in for the account page. Their session is what counts then: nobody
 * knows the verifier of the challenge, so that the code which comes along is of no use.
 */
export function accountSignInUrl(publicUrl: string, { randomBytes }: Platform, uiLocales?: string): string {
  const challenge = createHash('sha256').update(randomBytes(32)).digest('base64url');
  const parameters = new URLSearchParams({
    client_id: accountApplication.id,
    redirect_uri: redirectUriOf(publicUrl),
    response_type: 'code',
    scope: 'openid',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...(uiLocales && { ui_locales: uiLocales }),
  });
  return `${publicUrl}/oidc/auth?${parameters}`;
}
