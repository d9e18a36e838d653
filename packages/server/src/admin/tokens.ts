import { createHash } from 'node:crypto';
import type { Platform } from '../platform.ts';

/** A new token of 256 random bits, fit for URLs and cookies. */
export const newToken = ({ randomBytes }: Pick<Platform, 'randomBytes'>): string =>
  randomBytes(32).toString('base64url');

/** What is kept of a token: SHA-256 in hex. The token is random, so that nothing slower is needed. */
export const digestToken = (token: string): string => createHash('sha256').update(token).digest('hex');
