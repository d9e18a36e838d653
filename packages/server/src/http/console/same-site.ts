import type { FastifyRequest } from 'fastify';
import { ApiError } from '../../errors.ts';

/** Other sites cannot send this header without asking first, and nobody is let. */
const headerName = 'x-sesame-console';

/** Refuses a request that a browser sends for another site. @throws ApiError `auth.forbidden` */
export function checkSameSite(request: FastifyRequest, publicUrl: string): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (site !== undefined && site !== 'same-origin') throw new ApiError('auth.forbidden');
  // Whoever opens the Console by another name than the public one stays within that name.
  const isOwn = origin === undefined || origin === publicUrl || URL.parse(origin)?.host === request.host;
  if (!isOwn) throw new ApiError('auth.forbidden');
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
