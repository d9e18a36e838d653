import { ServerResponse } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';

/** A cookie of oidc-provider, if its signature is right. */
export function readCookie(
  provider: Provider,
  { raw }: Pick<FastifyRequest, 'raw'>,
  name: 'interaction' | 'session' | 'resume',
): string | undefined {
  const { cookies } = provider.createContext(raw, new ServerResponse(raw));
  // Without options the signature would not be looked at.
  return cookies.get(provider.cookieName(name), { signed: true });
}
