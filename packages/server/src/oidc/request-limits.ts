import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { extraParams } from './sign-in-request.ts';
import { boundedLocales } from './ui-locales.ts';

/** Longer URLs are refused before anything is read of them. */
const maxUrlLength = 8_192;
/** More than any request has. Koa reads a query in a time that grows by the square of their number. */
const maxParameters = 100;

/**
 * What is wrong with a URL before anything is read of it, in words for its developer.
 * @param apart the same with each resource in a parameter of its own
 */
export function urlTooLarge(url: string, apart: (url: string) => string): string | undefined {
  if (url.length > maxUrlLength) return `the URL must not be longer than ${maxUrlLength} characters`;
  const isCrowded = apart(url).split('&', maxParameters + 1).length > maxParameters;
  return isCrowded ? `the URL must not have more than ${maxParameters} parameters` : undefined;
}

/** What one parameter of a request may have, in characters; the sign-in keeps them all. */
const maxLengths: Record<string, number> = {
  state: 2_048,
  redirect_uri: 2_048,
  resource: 2_048,
  scope: 4_096,
  id_token_hint: 4_096,
  nonce: 512,
  login_hint: 256,
  identifier: 256,
  // A hint, of which as much is kept as can be read.
  ui_locales: Number.POSITIVE_INFINITY,
};
const maxLength = 1_024;

/** The first parameter that is too long, in words for its developer. */
export function tooLong(parameters: Record<string, unknown>): string | undefined {
  for (const [name, value] of Object.entries(parameters)) {
    const limit = (Object.hasOwn(maxLengths, name) && maxLengths[name]) || maxLength;
    if (String(value ?? '').length > limit) return `${name.slice(0, 64)} must not be longer than ${limit} characters`;
  }
  return undefined;
}

/** oidc-provider looks at the parameters of its own accord only where it needs them; this looks at each. */
function checkParams({ oidc }: KoaContextWithOIDC): void {
  const description = tooLong(oidc.params ?? {});
  if (description !== undefined) throw new errors.InvalidRequest(description);
  if (oidc.params?.ui_locales !== undefined) oidc.params.ui_locales = boundedLocales(oidc.params.ui_locales);
}

/** The parameters beside the standard ones, the first with a check of all. */
export const limitedParams = Object.fromEntries(
  extraParams.map((name, index) => [name, index === 0 ? checkParams : null] as const),
);
