import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
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

/**
 * Signs cookies as Keygrip does, which oidc-provider takes by default, at a tenth of its cost: that one makes a key of a
 * text for each signature, and compares two by two more of them.
 */
export class CookieSignatures {
  readonly #key: KeyObject;

  constructor(cookies: KeyObject) {
    // Keygrip was given the key as a text, and the cookies that browsers have are signed by that.
    this.#key = createSecretKey(Buffer.from(cookies.export().toString('base64url')));
  }

  sign(pair: string): string {
    return createHmac('sha1', this.#key).update(pair).digest('base64url');
  }

  verify(pair: string, signature: string): boolean {
    const [given, expected] = [Buffer.from(signature), Buffer.from(this.sign(pair))];
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  /** Which of the keys a signature is by, of which there is one; -1 for none. */
  index(pair: string, signature: string): number {
    return this.verify(pair, signature) ? 0 : -1;
  }
}

/** A cookie of oidc-provider, if its signature is right. */
export function readCookie(
  provider: Provider,
  { raw }: Pick<FastifyRequest, 'raw'>,
  of: 'interaction' | 'session',
): string | undefined {
  const { keys } = provider as Provider & { keys: CookieSignatures };
  const name = provider.cookieName(of);
  const cookies = cookiesOf(raw.headers.cookie);
  const find = (wanted: string) => cookies.find(([name]) => name === wanted)?.[1] || undefined;
  const [value, signature] = [find(name), find(`${name}.sig`)];
  return value && signature && keys.verify(`${name}=${value}`, signature) ? value : undefined;
}

/** What a header of cookies holds. */
export function cookiesOf(header = ''): [name: string, value: string][] {
  return header.split(';').map((pair) => {
    const [name = '', value = ''] = pair.split('=', 2);
    return [name.trim(), value.trim()];
  });
}
