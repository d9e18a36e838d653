import type { CompiledQuery } from 'kysely';
import { type GuessedFactor, guessesAtSecond, secondGuessLimits } from '../accounts/second-locks.ts';
import { ApiError } from '../errors.ts';
import { newId, type Platform } from '../platform.ts';
import type { Client } from '../protection/client.ts';
import type { Devices } from '../protection/devices.ts';
import { chargeSignInAttempt, forgettingSignInAttempts } from '../store/sign-in-attempts.ts';
import type { Store } from '../store/store.ts';
import type { NetworkLimits } from './network-limits.ts';

type Deps = { store: Store; platform: Platform; networks: NetworkLimits; devices: Devices };

/** What is guessed at, of whom, and by whom. */
type Guess = { factor: GuessedFactor; userId: string; client: Client };

/** Guesses at what comes second of an account and is not sent: backup codes, and codes of its authenticator app. */
export function createSecondGuesses({ store, platform, networks, devices }: Deps) {
  /**
   * Charges a guess. People whom the server does not know have a counter, and so has each browser that it knows: who has
   * got hold of a password does not keep its owner out.
   * @param take takes a right one, and forgets the guesses before it in the same transaction
   * @returns whether it was right
   * @throws ApiError `session.verification_blocked_too_many_attempts`, `request.sign_in_rate_limited`
   */
  return async function guess(
    { factor, userId, client }: Guess,
    take: (forgetting: CompiledQuery<unknown>) => Promise<boolean>,
  ): Promise<boolean> {
    const device = await devices.find(client, { type: 'user', field: 'id', value: userId });
    // Who is known there has a counter of its own; its network may be shared with strangers.
    if (device === undefined) await networks.charge('code', client);
    const key = guessesAtSecond(factor, userId, device === undefined ? 'strangers' : `device:${device}`);
    const { maxAttempts, windowMs } = secondGuessLimits[factor];
    const attempt = { id: newId(platform), now: platform.now(), windowMs, limits: [{ key, maxAttempts }] };
    const wait = await chargeSignInAttempt(store, attempt);
    if (wait > 0) {
      const retryAfterSeconds = Math.ceil(wait / 1000);
      throw new ApiError('session.verification_blocked_too_many_attempts', { retryAfterSeconds });
    }
    const isRight = await take(forgettingSignInAttempts(store, key));
    if (isRight && device === undefined) await networks.giveBack('code', client);
    return isRight;
  };
}
export type SecondGuesses = ReturnType<typeof createSecondGuesses>;
