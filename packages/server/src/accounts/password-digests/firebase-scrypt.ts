import { createCipheriv, timingSafeEqual } from 'node:crypto';
import type { LegacyReader } from './legacy-arguments.ts';
import { UnusableDigest } from './password-digest.ts';
import { checkScryptCost, deriveScrypt } from './scrypt.ts';

const keyBytes = 32;
const zeroIv = Buffer.alloc(16);

/**
 * `[salt, signerKey, saltSeparator, rounds, memCost, "@"]`, the first three and the result in base64: the project's signer
 * key, encrypted under what scrypt makes of the password.
 * @see https://github.com/firebase/scrypt
 */
export const readFirebaseScrypt: LegacyReader = ([salt, signerKey, separator, rounds, memCost], result) => {
  if (!salt || !signerKey || separator === undefined || !rounds || !memCost) {
    throw new UnusableDigest(
      'Firebase’s scrypt has the form ["firebase-scrypt", ["salt", "signer key", "salt separator", "8", "14", "@"], "result"].',
    );
  }
  const cost = { N: 2 ** Number(memCost), r: Number(rounds), p: 1 };
  checkScryptCost(cost);
  const saltBytes = Buffer.concat([fromBase64(salt), fromBase64(separator)]);
  const signer = fromBase64(signerKey);
  const expected = fromBase64(result);
  if (expected.length !== signer.length) {
    throw new UnusableDigest('A result of Firebase’s scrypt is as long as the signer key of its project.');
  }
  return async (password) => {
    const cipher = createCipheriv('aes-256-ctr', await deriveScrypt(password, saltBytes, keyBytes, cost), zeroIv);
    return timingSafeEqual(Buffer.concat([cipher.update(signer), cipher.final()]), expected);
  };
};

/** Firebase writes both alphabets, with padding or without. */
function fromBase64(text: string): Buffer {
  if (/^[\w+/-]*={0,2}$/.test(text)) return Buffer.from(text, 'base64');
  throw new UnusableDigest('Salts, keys and results of Firebase’s scrypt are written in base64.');
}
