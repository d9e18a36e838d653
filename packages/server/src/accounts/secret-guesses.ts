import { LRUCache } from 'lru-cache';
import type { Platform } from '../platform.ts';
import { networksOf } from '../protection/networks.ts';

/** Wrong secrets of one application from one address in a window; the network around it has four times as many. */
export const maxWrongSecrets = 50;
const windowMs = 15 * 60_000;
/** What this process keeps in mind; of more, what was not met for longest is forgotten. */
const maxKept = 50_000;

/** A secret that somebody gives for an application. */
export type SecretGuess = { application: string; address: string };

export type SecretGuesses = ReturnType<typeof createSecretGuesses>;

/**
 * Counts wrong secrets of applications by the network that they come from. An address from which the application has given
 * its secret counts alone, so that no stranger nearby keeps it out. In memory: a row for each token that a back end asks for
 * would cost more than a guess at 256 bits is worth (decision 0046).
 */
export function createSecretGuesses({ now }: Pick<Platform, 'now'>) {
  // With `max` they would take the room for all of them at once.
  const kept = { maxSize: maxKept, sizeCalculation: () => 1 };
  const counts = new LRUCache<string, { since: number; wrong: number }>(kept);
  const homes = new LRUCache<string, true>(kept);
  const homeOf = ({ application, address }: SecretGuess) => `${application} at ${address}`;

  function limitsOf(guess: SecretGuess): { key: string; most: number }[] {
    const home = homeOf(guess);
    if (homes.has(home)) return [{ key: home, most: maxWrongSecrets }];
    return networksOf(guess.address).map(({ name, factor }) => ({
      key: `${guess.application} ${name}`,
      most: maxWrongSecrets * factor,
    }));
  }

  function countOf(key: string) {
    const count = counts.get(key);
    const passed = count ? now() - count.since : windowMs;
    return count && passed >= 0 && passed < windowMs ? count : { since: now(), wrong: 0 };
  }

  return {
    /** How many seconds nothing is taken from there for this application; 0 where something is. */
    secondsToWait(guess: SecretGuess): number {
      const full = limitsOf(guess).flatMap(({ key, most }) => {
        const { since, wrong } = countOf(key);
        return wrong >= most ? [Math.ceil((since + windowMs - now()) / 1000)] : [];
      });
      return Math.max(0, ...full);
    },

    /** Counts a wrong one. @returns what takes that back, where it turns out to be right */
    countWrong(guess: SecretGuess): () => void {
      const counted = limitsOf(guess).map(({ key }) => {
        const count = countOf(key);
        count.wrong += 1;
        counts.set(key, count);
        return count;
      });
      return () => {
        for (const count of counted) count.wrong -= 1;
      };
    },

    /** Remembers where the application is at home. */
    noteRight(guess: SecretGuess): void {
      homes.set(homeOf(guess), true);
    },
  };
}
