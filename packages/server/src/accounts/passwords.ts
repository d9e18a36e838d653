import { argon2 } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { ApiError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import type { PasswordDigest } from './password-digests/password-digest.ts';
import { readDigest } from './password-digests/read-digest.ts';

/** Makes and checks digests of passwords. Both throw ApiError `system.busy` where too many are waiting. */
export type Passwords = {
  /** A digest in the PHC string format, with a new salt. */
  hash: (password: string, urgency?: Urgency) => Promise<string>;
  /**
   * Takes as long without a digest (nobody of that name, or no password) as with one, and is then `false`.
   * @param standIn what the password is compared with in vain then; a digest of ours where nothing is said
   */
  verify: (
    digest: string | null | undefined,
    password: string,
    urgency?: Urgency,
    standIn?: string | undefined,
  ) => Promise<boolean>;
  /** Whether a digest is of the kind and cost that new ones are. */
  isCurrent: (digest: string) => boolean;
};

/**
 * Whose turn it is: people who are known to the server, then back ends, whose own strangers must not keep those waiting,
 * then everybody else.
 */
const urgencies = ['first', 'back end', 'in turn'] as const;
export type Urgency = (typeof urgencies)[number];

const saltBytes = 16;
const digestBytes = 32;
const derive = promisify(argon2);
/** So many wait at most, about a second on two cores: who comes later does better to come again. */
export const maxWaiting = 64;
const busyRetryAfterSeconds = 2;

/**
 * Passwords are compared after Unicode normalization (NFKC), so that the keyboard does not matter.
 * @param concurrency how many digests are computed at once; each takes its memory and a thread of Node's pool of four
 * @see https://github.com/P-H-C/phc-string-format
 */
export function createPasswords(
  { randomBytes, passwordCost: cost }: Pick<Platform, 'randomBytes' | 'passwordCost'>,
  concurrency: number = Math.min(3, availableParallelism()),
): Passwords {
  const inTurn = createQueue(concurrency);
  const prefix = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$`;
  const toPhc = (salt: Buffer, hash: Buffer) => `${prefix}${base64(salt)}$${base64(hash)}`;
  const isCurrent = (digest: string) => digest.startsWith(prefix);
  const dummy = readDigest(toPhc(randomBytes(saltBytes), randomBytes(digestBytes)));
  return {
    hash(password, urgency = 'in turn') {
      const nonce = randomBytes(saltBytes);
      const message = password.normalize('NFKC');
      return inTurn(urgency, async () =>
        toPhc(nonce, await derive('argon2id', { ...cost, nonce, message, tagLength: digestBytes })),
      );
    },
    async verify(kept, password, urgency = 'in turn', standIn) {
      const text = kept || standIn;
      const digest = text ? readDigest(text) : dummy;
      // A quick digest of somewhere else takes as long as ours, or its time would tell that there is such an account.
      const decoy = !text || isCurrent(text) ? undefined : dummy;
      const [isRight] = await inTurn(urgency, () =>
        Promise.all([isOf(digest, password), decoy && isOf(decoy, password)]),
      );
      return isRight && Boolean(kept);
    },
    isCurrent,
  };
}

/** Ours are of the normalized password, those of others mostly of what was typed. */
async function isOf(digest: PasswordDigest, password: string): Promise<boolean> {
  for (const form of new Set([password.normalize('NFKC'), password])) {
    if (await digest.matches(form)) return true;
  }
  return false;
}

const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');

/**
 * Runs at most `limit` tasks at once, the others by urgency and then in the order in which they came. Of each urgency a
 * bounded number waits; what comes later is refused.
 */
function createQueue(limit: number) {
  const waiting: Record<Urgency, (() => void)[]> = { first: [], 'back end': [], 'in turn': [] };
  let running = 0;
  return async <T>(urgency: Urgency, task: () => Promise<T>): Promise<T> => {
    // A task that ends hands its place to the next one, so that nobody who comes in between can take it.
    if (running < limit) running += 1;
    else if (waiting[urgency].length < maxWaiting) await new Promise<void>((go) => waiting[urgency].push(go));
    else throw new ApiError('system.busy', { retryAfterSeconds: busyRetryAfterSeconds });
    try {
      return await task();
    } finally {
      const next = urgencies.find((one) => waiting[one].length > 0);
      if (next) waiting[next].shift()?.();
      else running -= 1;
    }
  };
}
