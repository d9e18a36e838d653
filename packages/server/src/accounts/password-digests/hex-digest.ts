import { createHash, timingSafeEqual } from 'node:crypto';
import type { DigestReader, PasswordAlgorithm } from './password-digest.ts';

/** By the number of hexadecimal digits. */
const algorithms: Record<number, { algorithm: PasswordAlgorithm; hash: string }> = {
  32: { algorithm: 'MD5', hash: 'md5' },
  40: { algorithm: 'SHA1', hash: 'sha1' },
  64: { algorithm: 'SHA256', hash: 'sha256' },
};

/** A plain hash without salt, in hexadecimal digits. Which one it is shows in its length. */
export const readHexDigest: DigestReader = (text) => {
  const known = /^[0-9a-f]+$/i.test(text) ? algorithms[text.length] : undefined;
  if (!known) return undefined;
  const expected = Buffer.from(text, 'hex');
  return {
    algorithm: known.algorithm,
    matches: async (password) => timingSafeEqual(createHash(known.hash).update(password).digest(), expected),
  };
};
