import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { readFirebaseScrypt } from './firebase-scrypt.ts';
import { fromHex, type LegacyReader, placeholder } from './legacy-arguments.ts';
import { type DigestReader, UnusableDigest } from './password-digest.ts';
import { readPbkdf2 } from './pbkdf2.ts';
import { readScrypt } from './scrypt.ts';

const legacy = z.tuple([z.string(), z.array(z.string()), z.string()]);

const readers: Record<string, LegacyReader> = {
  pbkdf2: readPbkdf2,
  pbkdf2Sync: readPbkdf2,
  'firebase-scrypt': readFirebaseScrypt,
  scrypt: readScrypt,
};

/**
 * Logto's form for whatever else there is: the JSON text `[algorithm, arguments, result]`, where `@` among the arguments
 * stands for the password.
 */
export const readLegacy: DigestReader = (text) => {
  if (!text.trimStart().startsWith('[')) return undefined;
  const parsed = legacy.safeParse(parse(text));
  if (!parsed.success || !parsed.data[1].includes(placeholder)) {
    throw new UnusableDigest(
      'Legacy has the form ["sha256", ["salt", "@"], "hexadecimal result"], with @ for the password.',
    );
  }
  const [algorithm, args, result] = parsed.data;
  const read = Object.hasOwn(readers, algorithm) ? readers[algorithm] : undefined;
  return { algorithm: 'Legacy', matches: read ? read(args, result) : plainHash(algorithm, args, result) };
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A hash of the arguments, one behind the other. */
function plainHash(algorithm: string, args: readonly string[], result: string): (password: string) => Promise<boolean> {
  const expected = fromHex(result, 'The result of a hash');
  const { length } = hashOf(algorithm, '');
  if (expected.length !== length) {
    throw new UnusableDigest(`The result of ${algorithm} has ${2 * length} hexadecimal digits, not ${result.length}.`);
  }
  return async (password) =>
    timingSafeEqual(hashOf(algorithm, args.map((arg) => (arg === placeholder ? password : arg)).join('')), expected);
}

function hashOf(algorithm: string, input: string): Buffer {
  try {
    return createHash(algorithm).update(input).digest();
  } catch {
    throw new UnusableDigest(
      `Node.js knows no hash "${algorithm}". Beside its hashes there are pbkdf2, scrypt and firebase-scrypt.`,
      'unknown_hash',
    );
  }
}
