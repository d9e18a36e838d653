import { scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { fromHex, type LegacyReader, readSalt } from './legacy-arguments.ts';
import { requireAtMost, UnusableDigest } from './password-digest.ts';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);
/** Of N times r: 128 MiB of memory. */
const maxSize = 2 ** 17 * 8;
const maxParallelism = 16;
const maxLength = 128;

/** The cost of scrypt as RFC 7914 names it. */
export type ScryptCost = { N: number; r: number; p: number };

/** @throws UnusableDigest for what is not possible, and for what would take too long */
export function checkScryptCost({ N, r, p }: ScryptCost): void {
  if (
    ![N, r, p].every((value) => Number.isSafeInteger(value) && value >= 1) ||
    N < 2 ||
    !Number.isInteger(Math.log2(N))
  ) {
    throw new UnusableDigest('Scrypt takes whole numbers; N is a power of two.');
  }
  requireAtMost('N times r of scrypt', N * r, maxSize);
  requireAtMost('N times r times p of scrypt', N * r * p, maxSize);
  requireAtMost('The parallelism of scrypt (p)', p, maxParallelism);
}

/** Node's own bound on memory is too low for common costs. */
export const deriveScrypt = (password: string, salt: Buffer, length: number, cost: ScryptCost): Promise<Buffer> =>
  derive(password, salt, length, { ...cost, maxmem: 2 * 128 * cost.N * cost.r + 128 * cost.r * cost.p });

/**
 * `[salt, N, r, p, length, "@"]`; the salt is a text, or `hex:` and hexadecimal digits.
 * @see https://www.rfc-editor.org/rfc/rfc7914
 */
export const readScrypt: LegacyReader = ([salt, n, r, p, length], result) => {
  const cost = { N: Number(n), r: Number(r), p: Number(p) };
  if (!salt) {
    throw new UnusableDigest(
      'Scrypt has the form ["scrypt", ["salt", "16384", "8", "1", "32", "@"], "hexadecimal result"].',
    );
  }
  checkScryptCost(cost);
  requireAtMost('The length of scrypt', Number(length), maxLength);
  const expected = fromHex(result, 'The result of scrypt');
  if (expected.length !== Number(length)) throw new UnusableDigest('The result of scrypt is not as long as it says.');
  const saltBytes = readSalt(salt);
  return async (password) => timingSafeEqual(await deriveScrypt(password, saltBytes, expected.length, cost), expected);
};
