import { createHash, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { fromHex, type LegacyReader, readSalt } from './legacy-arguments.ts';
import { requireAtMost, UnusableDigest } from './password-digest.ts';

const derive = promisify(pbkdf2);
const maxIterations = 5_000_000;
const maxLength = 256;

/**
 * `[salt, iterations, length, hash, "@"]`; the salt is a text, or `hex:` and hexadecimal digits.
 * @see https://www.rfc-editor.org/rfc/rfc8018#section-5.2
 */
export const readPbkdf2: LegacyReader = ([salt, iterations, length, hash], result) => {
  const cost = { iterations: Number(iterations), length: Number(length) };
  if (!salt || !hash || !(cost.iterations >= 1) || !(cost.length >= 1)) {
    throw new UnusableDigest(
      'PBKDF2 has the form ["pbkdf2", ["salt", "100000", "32", "sha256", "@"], "hexadecimal result"].',
    );
  }
  requireAtMost('The length of PBKDF2', cost.length, maxLength);
  const blocks = Math.ceil(cost.length / hashLength(hash));
  requireAtMost('Iterations times blocks of PBKDF2', cost.iterations * blocks, maxIterations);
  const expected = fromHex(result, 'The result of PBKDF2');
  if (expected.length !== cost.length) throw new UnusableDigest('The result of PBKDF2 is not as long as it says.');
  const saltBytes = readSalt(salt);
  return async (password) =>
    timingSafeEqual(await derive(password, saltBytes, cost.iterations, cost.length, hash), expected);
};

function hashLength(hash: string): number {
  try {
    return createHash(hash).digest().length;
  } catch {
    throw new UnusableDigest(`Node.js knows no hash "${hash}" for PBKDF2.`, 'unknown_hash');
  }
}
