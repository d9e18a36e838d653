import { z } from 'zod';
import { keysShape, siteVerify } from './external.ts';
import { isGivenHere, type Provider } from './provider.ts';

export const turnstileSchema = z.object({ type: z.literal('Turnstile'), ...keysShape });

const origin = 'https://challenges.cloudflare.com';

/** @see https://developers.cloudflare.com/turnstile/get-started/server-side-validation/ */
export const turnstile: Provider<z.infer<typeof turnstileSchema>> = {
  // A token is good for five minutes there.
  lifetimeMs: 10 * 60_000,
  sources: () => ({ script: [origin], frame: [origin], connect: [], style: [] }),
  question: async (_, { config: { type, siteKey } }) => ({ type, siteKey }),

  async verify({ token, address }, { platform, config, hostnames }) {
    const fields = { secret: config.secretKey, response: token, remoteip: address };
    const given = await siteVerify(platform, `${origin}/turnstile/v0/siteverify`, fields);
    if ('passed' in given) return given;
    return isGivenHere(given, hostnames) ? { passed: true } : { passed: false, reason: 'elsewhere' };
  },
};
