import { createHmac, type KeyObject } from 'node:crypto';
import type { Platform } from '../platform.ts';

/** A new code of so many digits, each as likely as any other. */
export function newCode(length: number, { randomInt }: Pick<Platform, 'randomInt'>): string {
  return String(randomInt(10 ** length)).padStart(length, '0');
}

/** What is kept of a code: an HMAC under the server's key, bound to the flow and the recipient. */
export function digestCode(key: KeyObject, flow: string, recipient: string, code: string): string {
  return createHmac('sha256', key)
    .update(JSON.stringify([flow, recipient, code]))
    .digest('base64');
}
