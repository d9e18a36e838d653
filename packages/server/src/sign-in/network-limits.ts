import { ApiError } from '../errors.ts';
import { newId, type Platform } from '../platform.ts';
import { chargeSignInAttempt, giveBackSignInAttempt } from '../store/sign-in-attempts.ts';
import type { Store } from '../store/store.ts';

const windowMs = 15 * 60_000;
/** What one network may do in a window: answer codes wrongly, choose usernames or passwords, begin sign-ins. */
const maxAttempts = { code: 100, profile: 50, begin: 300 } as const;

/** Limits on what one client network does across flows, so that guesses cannot be spread over many numbers. */
export function createNetworkLimits({ store, platform }: { store: Store; platform: Platform }) {
  const keyOf = (kind: keyof typeof maxAttempts, address: string) => `${kind}-address:${address}`;
  return {
    /** @throws ApiError `request.sign_in_rate_limited` */
    async charge(kind: keyof typeof maxAttempts, address: string): Promise<void> {
      const wait = await chargeSignInAttempt(store, {
        id: newId(platform),
        now: platform.now(),
        windowMs,
        limits: [{ key: keyOf(kind, address), maxAttempts: maxAttempts[kind] }],
      });
      if (wait > 0) throw new ApiError('request.sign_in_rate_limited', { retryAfterSeconds: Math.ceil(wait / 1000) });
    },

    /** It was no guess. */
    giveBack: (kind: keyof typeof maxAttempts, address: string) => giveBackSignInAttempt(store, keyOf(kind, address)),
  };
}
export type NetworkLimits = ReturnType<typeof createNetworkLimits>;
