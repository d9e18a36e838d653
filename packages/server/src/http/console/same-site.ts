import type { FastifyRequest } from 'fastify';
import { ApiError } from '../../errors.ts';

/** Other sites cannot send this header without asking first, and nobody is let. */
const headerName = 'x-sesame-console';

/** Refuses a request that a browser sends for another site, or may be. @throws ApiError `auth.forbidden` */
export function checkSameSite(request: FastifyRequest, publicUrl: string): void {
  if (siteOf(request, publicUrl) !== 'own') throw new ApiError('auth.forbidden');
}

/**
 * Refuses a form that a browser sends for another site. Where the browser does not tell, the token of the form has to
 * do. @throws ApiError `auth.forbidden`
 */
export function checkNotOtherSite(request: FastifyRequest, publicUrl: string): void {
  if (siteOf(request, publicUrl) === 'other') throw new ApiError('auth.forbidden');
}

/**
 * Refuses a change that the Console did not ask for, whatever cookie comes with it.
 * @throws ApiError `auth.forbidden`
 */
export function checkFromConsole(request: FastifyRequest, publicUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  if (request.headers[headerName] !== '1') throw new ApiError('auth.forbidden');
  checkSameSite(request, publicUrl);
}

/** Whose page has sent a request, as far as the headers of its browser tell. */
function siteOf({ headers, host }: FastifyRequest, publicUrl: string): 'own' | 'other' | 'unknown' {
  const { origin, 'sec-fetch-site': site } = headers;
  // Nothing but the browser decides on this one. Older browsers do not send it, nor do any to plain http.
  if (site !== undefined) return site === 'same-origin' ? 'own' : 'other';
  // A proxy that adds `Referrer-Policy: no-referrer` to our pages makes their forms say this, scripts not. Others can, too.
  if (origin === 'null') return 'unknown';
  // Whoever opens the Console by another name than the public one stays within that name.
  const isOwn = origin === undefined || origin === publicUrl || URL.parse(origin)?.host === host;
  return isOwn ? 'own' : 'other';
}
