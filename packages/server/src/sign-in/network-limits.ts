import { ApiError } from '../errors.ts';
import { newId, type Platform } from '../platform.ts';
import type { Client } from '../protection/client.ts';
import { networksOf } from '../protection/networks.ts';
import {
  type AttemptLimit,
  chargeSignInAttempt,
  giveBackSignInAttempt,
  givingBackSignInAttempt,
} from '../store/sign-in-attempts.ts';
import type { Store } from '../store/store.ts';

export const networkWindowMs = 15 * 60_000;
/**
 * What one network may do in a window: answer codes wrongly, choose usernames or passwords, begin sign-ins, fail human
 * checks, wait instead of one.
 */
export const maxPerNetwork = { code: 100, profile: 50, begin: 300, check: 50, wait: 10 } as const;

/** How often one account may be changed by its user in a window: webhooks are told of each time, with the whole user. */
export const maxChangesPerAccount = 100;

type Kind = keyof typeof maxPerNetwork;

/** Limits on what one client network does across flows, so that guesses cannot be spread over many numbers. */
export function createNetworkLimits({ store, platform }: { store: Store; platform: Platform }) {
  const limitsOf = (kind: Kind, address: string, isKnown = false) =>
    networksOf(address).map(({ name, factor }) => ({
      key: `${kind}-address:${name}${isKnown ? '/known' : ''}`,
      maxAttempts: maxPerNetwork[kind] * factor,
    }));
  async function chargeAll(charged: AttemptLimit[]): Promise<void> {
    const attempt = { id: newId(platform), now: platform.now(), windowMs: networkWindowMs, limits: charged };
    const wait = await chargeSignInAttempt(store, attempt);
    if (wait > 0) throw new ApiError('request.sign_in_rate_limited', { retryAfterSeconds: Math.ceil(wait / 1000) });
  }

  const limits = {
    /**
     * @param isKnown whether the client has proven who it is, or its browser had before: such people of a network count
     * together, apart from the strangers there
     * @throws ApiError `request.sign_in_rate_limited`
     */
    charge: (kind: Kind, { address }: Client, { isKnown = false } = {}): Promise<void> =>
      chargeAll(limitsOf(kind, address, isKnown)),

    /**
     * Counts a change that a user makes of the own account.
     * @param isProven whether with a fresh proof: an application that changes names without end does not keep the owner from
     * another password
     * @throws ApiError `request.sign_in_rate_limited`
     */
    chargeChange: (userId: string, { isProven }: { isProven: boolean }): Promise<void> =>
      chargeAll([{ key: `account-change:${userId}${isProven ? '/proven' : ''}`, maxAttempts: maxChangesPerAccount }]),

    /** As `giveBack`, for the transaction of what comes next. */
    givingBack: (kind: Kind, { address }: Client, { isKnown = false } = {}) =>
      givingBackSignInAttempt(store, limitsOf(kind, address, isKnown)),

    /** It was no guess. @param isKnown as it was charged */
    giveBack: (kind: Kind, { address }: Client, { isKnown = false } = {}) =>
      giveBackSignInAttempt(store, limitsOf(kind, address, isKnown)),

    /**
     * Charges before it does what takes long. What the server had no room for counts for nothing.
     * @throws ApiError `request.sign_in_rate_limited`; what the work throws
     */
    async charging<T>(kind: Kind, client: Client, counted: { isKnown: boolean }, work: () => Promise<T>): Promise<T> {
      await limits.charge(kind, client, counted);
      try {
        return await work();
      } catch (error) {
        if (error instanceof ApiError && error.code === 'system.busy') await limits.giveBack(kind, client, counted);
        throw error;
      }
    },
  };
  return limits;
}
export type NetworkLimits = ReturnType<typeof createNetworkLimits>;
