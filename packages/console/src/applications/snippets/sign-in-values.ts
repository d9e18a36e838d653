import type { Application } from '../applications-api.ts';
import type { Endpoints } from '../endpoints-query.ts';

/** What an application needs to sign people in. */
export type SignInValues = { issuer: string; clientId: string; redirectUri: string };

/** Stands where an application has no redirect URI yet that its snippet can use. */
export const exampleRedirectUri = 'http://localhost:8080/callback';

/** What the snippet of an application is filled with. */
export function signInValues({ id, oidcClientMetadata }: Application, { issuer }: Endpoints): SignInValues {
  const ofWeb = oidcClientMetadata.redirectUris.find((uri) => /^https?:/.test(uri));
  return { issuer, clientId: id, redirectUri: ofWeb ?? exampleRedirectUri };
}

/** A text as a literal of JavaScript, also within a script of a page. */
export const literal = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'").replaceAll('<', '\\u003c')}'`;
