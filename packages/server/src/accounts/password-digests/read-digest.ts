import { ApiError } from '../../errors.ts';
import { refusalsOf, refusedField, refusedFor } from '../../refusals.ts';
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
 * @throws ApiError `user.password_and_digest`, `user.password_algorithm_required`,
 * `password.invalid_legacy_password_format`, `password.unsupported_legacy_hash_algorithm`, `guard.invalid_input` for
 * one that no password could be checked against
 */
export function checkForeignDigest({ password, passwordDigest, passwordAlgorithm }: ForeignDigest): string | null {
  if (password && passwordDigest) throw refusedFor('user.password_and_digest', 'passwordDigest');
  if (!passwordDigest) {
    if (passwordAlgorithm)
      throw refusedField('passwordAlgorithm', 'There is no passwordDigest that this could be about.');
    return null;
  }
  if (!passwordAlgorithm) throw refusedFor('user.password_algorithm_required', 'passwordAlgorithm');
  try {
    const { algorithm } = readDigest(passwordDigest);
    if (algorithm === passwordAlgorithm) return passwordDigest;
    throw new UnusableDigest(`This digest has the form of ${algorithm}, not of ${passwordAlgorithm}.`);
  } catch (error) {
    if (!(error instanceof UnusableDigest)) throw error;
    if (passwordAlgorithm !== 'Legacy') throw refusedField('passwordDigest', error.message);
    const code = error.code === 'unknown_hash' ? 'unsupported_legacy_hash_algorithm' : 'invalid_legacy_password_format';
    throw new ApiError(`password.${code}`, { message: error.message });
  }
}

/** The same where one of the fields may be missing because it is refused by itself. */
export const digestRefusals = ({ passwordDigest, passwordAlgorithm, ...given }: ForeignDigest): ApiError[] =>
  refusalsOf({
    passwordDigest: () =>
      passwordDigest && (passwordAlgorithm || given.password)
        ? checkForeignDigest({ ...given, passwordDigest, passwordAlgorithm })
        : undefined,
  });
