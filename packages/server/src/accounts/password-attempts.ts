import { newId, type Platform } from '../platform.ts';
import { chargeSignInAttempt, clearSignInAttempts, giveBackSignInAttempt } from '../store/sign-in-attempts.ts';
import type { Store } from '../store/store.ts';
import type { Passwords } from './passwords.ts';

/** One password that somebody typed. */
export type PasswordAttempt = {
  /** Of the account with the name that was typed; absent where there is none, which takes as long. */
  digest: string | null | undefined;
  password: string;
  /** What the attempt counts under: the name that was typed, and the client's network. */
  name: string;
  address: string;
};

/** What came of it. */
export type PasswordAttemptOutcome = 'right' | 'wrong' | { retryAfterSeconds: number };

/** Wrong passwords in a window. A name has more than an address, so that one stranger cannot lock its owner out. */
export type PasswordAttemptLimits = { perName: number; perAddress: number };

const windowMs = 15 * 60_000;

/** Checks passwords, each attempt charged before it is looked at. */
export function createPasswordAttempts({
  store,
  platform,
  passwords,
  limits,
}: {
  store: Store;
  platform: Platform;
  passwords: Passwords;
  limits: PasswordAttemptLimits;
}) {
  return async ({ digest, password, name, address }: PasswordAttempt): Promise<PasswordAttemptOutcome> => {
    const wait = await chargeSignInAttempt(store, {
      id: newId(platform),
      now: platform.now(),
      windowMs,
      limits: [
        { key: name, maxAttempts: limits.perName },
        { key: address, maxAttempts: limits.perAddress },
      ],
    });
    if (wait > 0) return { retryAfterSeconds: Math.ceil(wait / 1000) };
    if (!(await passwords.verify(digest, password))) return 'wrong';
    await Promise.all([clearSignInAttempts(store, name), giveBackSignInAttempt(store, address)]);
    return 'right';
  };
}
export type PasswordAttempts = ReturnType<typeof createPasswordAttempts>;
