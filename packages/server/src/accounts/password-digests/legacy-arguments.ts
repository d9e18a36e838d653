import { UnusableDigest } from './password-digest.ts';

/** Stands for the password among the arguments. */
export const placeholder = '@';

/** Reads the arguments and the result of one algorithm. @throws UnusableDigest */
export type LegacyReader = (args: readonly string[], result: string) => (password: string) => Promise<boolean>;

/** @throws UnusableDigest for what is not hexadecimal */
export function fromHex(text: string, what: string): Buffer {
  if (/^(?:[0-9a-f]{2})+$/i.test(text)) return Buffer.from(text, 'hex');
  throw new UnusableDigest(`${what} is written in hexadecimal digits.`);
}

/** A salt: `hex:` and hexadecimal digits, or else the text itself. */
export function readSalt(salt: string): Buffer {
  return salt.startsWith('hex:') ? fromHex(salt.slice(4), 'A salt that begins with hex:') : Buffer.from(salt);
}
