import { LRUCache } from 'lru-cache';
import { newId, type Platform } from '../platform.ts';
import { networksOf } from '../protection/networks.ts';
import {
  type AttemptLimit,
  chargeSignInAttempt,
  findSignInAttempts,
  giveBackSignInAttempt,
} from '../store/sign-in-attempts.ts';
import type { Store } from '../store/store.ts';

/** Wrong secrets of one application from one address in a window; the network around it has four times as many. */
export const maxWrongSecrets = 50;
const windowMs = 15 * 60_000;
/** For how long an address from which the secret was given is known, and how often that is written down. */
const homeMs = 24 * 60 * 60_000;
const notedMs = homeMs / 2;
/** Addresses that this process keeps in mind. */
const maxHomes = 50_000;

/** A secret that somebody gives for an application. */
export type SecretGuess = { application: string; address: string };

/**
 * Whether the secret is right, by what is held in memory or by another look at the database: another process may have
 * made it a moment ago.
 */
export type IsRightSecret = { now: () => boolean; anew: () => Promise<boolean> };

export type SecretOutcome = 'right' | 'wrong' | { retryAfterSeconds: number };

/** An address where an application gives its secret. */
type Home = { notedAt: number; doubtedUntil: number };

/**
 * Counts wrong secrets of applications by the network that they come from, in all processes together (decision 0046). An
 * address from which the application has given its secret counts alone, so that no stranger nearby keeps it out, and costs
 * nothing there as long as nobody gives a wrong one.
 */
export function createSecretGuesses({ store, platform }: { store: Store; platform: Platform }) {
  // With `max` it would take the room for all of them at once.
  const homes = new LRUCache<string, Home>({ maxSize: maxHomes, sizeCalculation: () => 1 });

  const charge = (limits: AttemptLimit[], over = windowMs): Promise<number> =>
    chargeSignInAttempt(store, { id: newId(platform), now: platform.now(), windowMs: over, limits });

  async function wasHome(guess: SecretGuess): Promise<boolean> {
    const [row] = await findSignInAttempts(store, [homeOf(guess)]);
    return row !== undefined && platform.now() - row.window_started_at < homeMs;
  }

  async function noteHome(guess: SecretGuess): Promise<void> {
    const now = platform.now();
    const { notedAt, doubtedUntil } = homes.get(homeOf(guess)) ?? {
      notedAt: Number.NEGATIVE_INFINITY,
      doubtedUntil: 0,
    };
    if (Math.abs(now - notedAt) < notedMs) return;
    homes.set(homeOf(guess), { notedAt: now, doubtedUntil });
    await charge([{ key: homeOf(guess), maxAttempts: Number.MAX_SAFE_INTEGER }], notedMs);
  }

  /** Whether nobody has given a wrong one of late where the application is at home. */
  const isQuiet = (guess: SecretGuess): boolean => {
    const home = homes.get(homeOf(guess));
    return home !== undefined && home.doubtedUntil <= platform.now();
  };

  /** Counts before it compares, so that many at once, and at several processes, get no more. */
  async function judgeCounted(guess: SecretGuess, isRight: IsRightSecret): Promise<SecretOutcome> {
    if (isQuiet(guess) && isRight.now()) return 'right';
    const isHome = homes.has(homeOf(guess));
    const limits = isHome ? [atHome(guess)] : nearby(guess);
    const wait = await charge(limits);
    if (wait > 0 && !isHome && (await wasHome(guess))) {
      const now = platform.now();
      homes.set(homeOf(guess), { notedAt: now, doubtedUntil: now + windowMs });
      return judgeCounted(guess, isRight);
    }
    if (wait > 0) return { retryAfterSeconds: Math.ceil(wait / 1000) };
    if (!isRight.now() && !(await isRight.anew())) return 'wrong';
    await giveBackSignInAttempt(store, limits);
    await noteHome(guess);
    return 'right';
  }

  /** Of many right ones at once where the application is not known yet, the first is counted and the others need not be. */
  const turns = new Map<string, Promise<unknown>>();
  async function inTurn<T>(key: string, task: () => Promise<T>): Promise<T> {
    const mine = (turns.get(key) ?? Promise.resolve()).then(task, task);
    turns.set(key, mine);
    try {
      return await mine;
    } finally {
      if (turns.get(key) === mine) turns.delete(key);
    }
  }

  return async (guess: SecretGuess, isRight: IsRightSecret): Promise<SecretOutcome> => {
    if (isQuiet(guess)) {
      if (isRight.now()) return noteHome(guess).then(() => 'right');
      // Before anything is waited for: from here on, each is counted first.
      homes.set(homeOf(guess), { notedAt: 0, ...homes.get(homeOf(guess)), doubtedUntil: platform.now() + windowMs });
    }
    return inTurn(homeOf(guess), () => judgeCounted(guess, isRight));
  };
}

export type SecretGuesses = ReturnType<typeof createSecretGuesses>;

const homeOf = ({ application, address }: SecretGuess) => `secret-home:${application}/at:${address}`;

const atHome = ({ application, address }: SecretGuess): AttemptLimit => ({
  key: `secret:${application}/at:${address}`,
  maxAttempts: maxWrongSecrets,
});

const nearby = ({ application, address }: SecretGuess): AttemptLimit[] =>
  networksOf(address).map(({ name, factor }) => ({
    key: `secret-address:${application}/${name}`,
    maxAttempts: maxWrongSecrets * factor,
  }));
