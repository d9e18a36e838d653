import type { Platform } from '../platform.ts';
import { findSignInAttempts, forgetSignInAttempts } from '../store/sign-in-attempts.ts';
import type { Store } from '../store/store.ts';
import { backupCodeGuesses } from './backup-codes.ts';
import { totpGuesses } from './totp.ts';

/** What comes second and is not sent, so that whoever has a password can guess at it; and how often that may be wrong. */
export const secondGuessLimits = { totp: totpGuesses, 'backup-code': backupCodeGuesses } as const;
export type GuessedFactor = keyof typeof secondGuessLimits;

/** What guesses at it are counted under. @param by `strangers`, or `device:` and the browser */
export const guessesAtSecond = (factor: GuessedFactor, userId: string, by: string): string =>
  `${factor}:${userId}/${by}`;

/** Whose codes are not taken, and until when (milliseconds since the epoch). */
export type SecondLock = {
  /** The most wrong ones of one counter in the window that is open. */
  wrong: number;
  blocked: { caller: 'strangers' | 'known-browser'; at: GuessedFactor; until: number }[];
};

/** Wrong codes of a user's app, and wrong backup codes, are counted for strangers and for each browser that is known. */
export function createSecondLocks({ store, platform }: { store: Store; platform: Platform }) {
  /** @param devices the browsers that are known to the user */
  const countersOf = (userId: string, devices: readonly string[]) =>
    (Object.keys(secondGuessLimits) as GuessedFactor[]).flatMap((at) => [
      { key: guessesAtSecond(at, userId, 'strangers'), caller: 'strangers', at } as const,
      ...devices.map(
        (device) => ({ key: guessesAtSecond(at, userId, `device:${device}`), caller: 'known-browser', at }) as const,
      ),
    ]);
  const keysOf = (userId: string, devices: readonly string[]) => countersOf(userId, devices).map(({ key }) => key);

  return {
    /** What there is at the moment. */
    async of(userId: string, devices: readonly string[]): Promise<SecondLock> {
      const rows = await findSignInAttempts(store, keysOf(userId, devices));
      const open = countersOf(userId, devices).flatMap(({ key, ...counter }) => {
        const row = rows.find((one) => one.key === key);
        const { maxAttempts, windowMs } = secondGuessLimits[counter.at];
        const until = (row?.window_started_at ?? 0) + windowMs;
        const isOpen = row !== undefined && until > platform.now();
        return isOpen ? [{ ...counter, until, attempts: row.attempts, isFull: row.attempts >= maxAttempts }] : [];
      });
      return {
        wrong: Math.max(0, ...open.map(({ attempts }) => attempts)),
        blocked: open.flatMap(({ caller, at, until, isFull }) => (isFull ? [{ caller, at, until }] : [])),
      };
    },

    /** Forgets all wrong codes. */
    lift: (userId: string, devices: readonly string[]): Promise<void> =>
      forgetSignInAttempts(store, keysOf(userId, devices)),
  };
}
export type SecondLocks = ReturnType<typeof createSecondLocks>;
