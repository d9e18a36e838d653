import { ApiError } from '../../errors.ts';
import { readArgon2 } from './argon2.ts';
import { readBcrypt } from './bcrypt.ts';
import { readHexDigest } from './hex-digest.ts';
import { readLegacy } from './legacy.ts';
import { type PasswordAlgorithm, type PasswordDigest, UnusableDigest } from './password-digest.ts';

const readers = [readArgon2, readBcrypt, readHexDigest, readLegacy];

/** A digest says by its form how it was made, so that nothing else has to be kept. @throws UnusableDigest */
export function readDigest(text: string): PasswordDigest {
  for (const read of readers) {
    const digest = read(text);
    if (digest) return digest;
  }
  throw new UnusableDigest('The digest has none of the forms that Sesame knows.');
}

/** A digest that was made elsewhere. */
export type ForeignDigest = {
  password?: string | undefined;
  passwordDigest?: string | null | undefined;
  passwordAlgorithm?: PasswordAlgorithm | null | undefined;
};

/**
 * The digest as it is kept; `null` where there is none.
 * @throws ApiError `user.password_and_digest`, `user.password_algorithm_required`, `password.invalid_legacy_password_format`,
 * `password.unsupported_legacy_hash_algorithm`, `guard.invalid_input` for one that no password could be checked against
 */
export function checkForeignDigest({ password, passwordDigest, passwordAlgorithm }: ForeignDigest): string | null {
  if (password && passwordDigest) throw new ApiError('user.password_and_digest');
  if (!passwordDigest) {
    if (passwordAlgorithm) throw invalid('passwordAlgorithm', 'There is no passwordDigest that this could be about.');
    return null;
  }
  if (!passwordAlgorithm) throw new ApiError('user.password_algorithm_required');
  try {
    const { algorithm } = readDigest(passwordDigest);
    if (algorithm === passwordAlgorithm) return passwordDigest;
    throw new UnusableDigest(`This digest has the form of ${algorithm}, not of ${passwordAlgorithm}.`);
  } catch (error) {
    if (!(error instanceof UnusableDigest)) throw error;
    if (passwordAlgorithm !== 'Legacy') throw invalid('passwordDigest', error.message);
    const code = error.code === 'unknown_hash' ? 'unsupported_legacy_hash_algorithm' : 'invalid_legacy_password_format';
    throw new ApiError(`password.${code}`, { message: error.message });
  }
}

const invalid = (path: string, message: string) =>
  new ApiError('guard.invalid_input', { issues: [{ in: 'body', path, message }] });
