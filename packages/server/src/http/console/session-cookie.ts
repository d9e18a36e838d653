import type { FastifyReply, FastifyRequest } from 'fastify';
import { hostCookieAttributes, hostCookieName } from '../../oidc/cookies.ts';

/** The cookie that carries the session of an administrator. */
export const sessionCookieName = (publicUrl: string): string => hostCookieName(publicUrl, 'sesame_console');

/** No other site can make a browser send it. */
const attributes = (publicUrl: string) => hostCookieAttributes(publicUrl, 'strict');

/** The token of the session, if the request carries one. */
export function readSessionCookie({ server, headers }: FastifyRequest, publicUrl: string): string | undefined {
  if (headers.cookie === undefined) return undefined;
  return server.parseCookie(headers.cookie)[sessionCookieName(publicUrl)] || undefined;
}

/** Makes the browser keep the token until the session ends. Times are milliseconds since the epoch. */
export function setSessionCookie(
  reply: FastifyReply,
  session: { token: string; expiresAt: number; now: number; publicUrl: string },
): void {
  const { token, expiresAt, now, publicUrl } = session;
  const maxAge = Math.floor((expiresAt - now) / 1000);
  reply.setCookie(sessionCookieName(publicUrl), token, { ...attributes(publicUrl), maxAge });
}

/** Makes the browser forget the token. */
export function clearSessionCookie(reply: FastifyReply, publicUrl: string): void {
  reply.clearCookie(sessionCookieName(publicUrl), attributes(publicUrl));
}
