/** What `passwordAlgorithm` may say, in Logto's words. */
export const passwordAlgorithms = [
  'Argon2i',
  'Argon2id',
  'Argon2d',
  'Bcrypt',
  'SHA1',
  'SHA256',
  'MD5',
  'Legacy',
] as const;
export type PasswordAlgorithm = (typeof passwordAlgorithms)[number];

/** What is kept of a password, read. */
export type PasswordDigest = {
  algorithm: PasswordAlgorithm;
  /** Whether this is the password; computed off the event loop, or too quick to matter. */
  matches: (password: string) => Promise<boolean>;
};

/**
 * Reads digests of one form; `undefined` where the text has another form.
 * @throws UnusableDigest where it has this form and cannot be used
 */
export type DigestReader = (text: string) => PasswordDigest | undefined;

/** A digest that no password is ever checked against; the message says why and what to do. */
export class UnusableDigest extends Error {
  override readonly name = 'UnusableDigest';
  readonly code: 'format' | 'unknown_hash';

  constructor(message: string, code: UnusableDigest['code'] = 'format') {
    super(message);
    this.code = code;
  }
}

/** @throws UnusableDigest for what would let one check of a password take the server's time or memory */
export function requireAtMost(what: string, value: number, most: number): void {
  if (Number.isSafeInteger(value) && value <= most) return;
  throw new UnusableDigest(
    `${what} is ${value}. Sesame computes up to ${most}, so that a sign-in keeps nobody waiting.`,
  );
}
