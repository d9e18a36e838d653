import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { ApiError } from '../../../errors.ts';
import type { SecretKeys } from '../../../secrets/secret-keys.ts';
import { checkNotOtherSite } from '../../console/same-site.ts';

/** Longer texts are cut: whatever is done with them refuses that length, too. */
const maxTextLength = 1024;

/** A text of a form or a query by its name; empty where there is none. */
export type ReadText = (name: string) => string;

/** Reads texts whatever was sent: a person sees a page, never an error about types. */
export function reader(source: unknown): ReadText {
  const texts = (typeof source === 'object' && source !== null ? source : {}) as Record<string, unknown>;
  return (name) => {
    const value = Object.hasOwn(texts, name) ? texts[name] : undefined;
    // A database may not take U+0000, and no keyboard has it.
    return typeof value === 'string' ? value.slice(0, maxTextLength).replaceAll('\u0000', '') : '';
  };
}

/**
 * What a form of a flow or a session carries, so that no other site can send one. It stays the same while the keys of
 * cookies change, so that pages in other tabs go on working.
 */
export const formToken = ({ cookies }: Pick<SecretKeys, 'cookies'>, id: string): string =>
  createHmac('sha256', cookies).update(`form of a page\n${id}`).digest('base64url');

/** @throws ApiError `auth.forbidden` unless the form is one of ours, sent from one of our pages */
export function checkForm(
  request: FastifyRequest,
  { secretKeys, settings }: { secretKeys: Pick<SecretKeys, 'cookies'>; settings: { publicUrl: string } },
  { id, csrf }: { id: string; csrf: string },
): void {
  checkNotOtherSite(request, settings.publicUrl);
  const [given, expected] = [Buffer.from(csrf), Buffer.from(formToken(secretKeys, id))];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new ApiError('auth.forbidden');
}
