import { createHmac, type KeyObject } from 'node:crypto';
import { withPlainDigits } from '@sesame/connector-kit';
import type { Platform } from '../platform.ts';

const count = 10;
/** Crockford's base32, which has no letters that look like digits. Sixteen random characters: 80 bits each. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const groups = 4;
const groupLength = 4;

/** New codes that stand in for the authenticator app, once each. @example '7k2m-0xqd-9w3f-h5tz' */
export function newRecoveryCodes({ randomInt }: Pick<Platform, 'randomInt'>): string[] {
  const group = () => Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join('');
  return Array.from({ length: count }, () => Array.from({ length: groups }, group).join('-'));
}

/**
 * The characters of a code as it was typed. Case, spaces and dashes make no difference, nor do letters that were taken
 * for digits.
 * @returns `undefined` for what is no such code
 */
export function readRecoveryCode(typed: string): string | undefined {
  const code = withPlainDigits(typed)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1');
  return code.length === groups * groupLength ? code : undefined;
}

/** What is kept of a code that was read. */
export const digestRecoveryCode = (
  code: string,
  { key, administratorId }: { key: KeyObject; administratorId: string },
) => createHmac('sha256', key).update(`recovery code of ${administratorId}\n${code}`).digest('base64');
