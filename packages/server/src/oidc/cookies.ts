import { ServerResponse } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';

/**
 * The full name of a cookie. On https, browsers take one of this name from this very host alone, so that no other host of
 * the domain can plant it (RFC 6265bis, section 4.1.3.2). It has to be `Secure`, for the path `/` and for no domain.
 */
export const hostCookieName = (publicUrl: string, name: string): string =>
  publicUrl.startsWith('https:') ? `__Host-${name}` : name;

/** What every cookie of ours has: no script can read it. */
export const hostCookieAttributes = <S extends 'lax' | 'strict'>(publicUrl: string, sameSite: S) => ({
  path: '/',
  httpOnly: true,
  sameSite,
  secure: publicUrl.startsWith('https:'),
});

/** A cookie of oidc-provider, if its signature is right. */
export function readCookie(
  provider: Provider,
  { raw }: Pick<FastifyRequest, 'raw'>,
  name: 'interaction' | 'session',
): string | undefined {
  const { cookies } = provider.createContext(raw, new ServerResponse(raw));
  // Without options the signature would not be looked at.
  return cookies.get(provider.cookieName(name), { signed: true });
}
