import type { FastifyReply, FastifyRequest } from 'fastify';

/** The cookie that carries the session of an administrator. */
export const sessionCookieName = 'sesame_console';

/** No script can read it, and no other site can make a browser send it. */
const attributes = (publicUrl: string) => ({
  path: '/',
  httpOnly: true,
  sameSite: 'strict' as const,
  secure: publicUrl.startsWith('https:'),
});

/** The token of the session, if the request carries one. */
export function readSessionCookie({ server, headers }: FastifyRequest): string | undefined {
  return headers.cookie === undefined ? undefined : server.parseCookie(headers.cookie)[sessionCookieName] || undefined;
}

/** Makes the browser keep the token until the session ends. Times are milliseconds since the epoch. */
export function setSessionCookie(
  reply: FastifyReply,
  session: { token: string; expiresAt: number; now: number; publicUrl: string },
): void {
  const maxAge = Math.floor((session.expiresAt - session.now) / 1000);
  reply.setCookie(sessionCookieName, session.token, { ...attributes(session.publicUrl), maxAge });
}

/** Makes the browser forget the token. */
export function clearSessionCookie(reply: FastifyReply, publicUrl: string): void {
  reply.clearCookie(sessionCookieName, attributes(publicUrl));
}
