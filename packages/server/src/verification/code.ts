import type { KeyObject } from 'node:crypto';
import { hmacOf } from '../secrets/hmac.ts';

/** What a code is made for. */
export type CodePurpose = { flow: string; recipient: string; usageType: string; length: number };

/**
 * The code that the server's key makes of a seed: so many digits, each as likely as any other. Whoever has the seed and
 * not the key learns nothing of it (decision 0036).
 */
export function codeOf(key: KeyObject, { flow, recipient, usageType, length }: CodePurpose, seed: string): string {
  const made = hmacOf(key, JSON.stringify([flow, recipient, usageType, length, seed]));
  // Of 64 bits: no code is more likely than another by more than one in 18 million million.
  return String(made.readBigUInt64BE() % BigInt(10 ** length)).padStart(length, '0');
}

/** What is kept of a code: an HMAC under the server's key, bound to the flow and the recipient. */
export function digestCode(key: KeyObject, flow: string, recipient: string, code: string): string {
  return hmacOf(key, JSON.stringify([flow, recipient, code])).toString('base64');
}
