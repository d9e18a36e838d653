import { z } from 'zod';
import { keysShape, siteVerify } from './external.ts';
import { isGivenHere, type Provider } from './provider.ts';

export const hcaptchaSchema = z.object({ type: z.literal('HCaptcha'), ...keysShape });

const sources = ['https://hcaptcha.com', 'https://*.hcaptcha.com'];

/** @see https://docs.hcaptcha.com/#verify-the-user-response-server-side */
export const hcaptcha: Provider<z.infer<typeof hcaptchaSchema>> = {
  // A token is good for two minutes there.
  lifetimeMs: 10 * 60_000,
  sources: () => ({ script: sources, frame: sources, connect: sources, style: sources }),
  question: async (_, { config: { type, siteKey } }) => ({ type, siteKey }),

  async verify({ token, address }, { platform, config, hostnames }) {
    const { secretKey: secret, siteKey: sitekey } = config;
    const fields = { secret, sitekey, response: token, remoteip: address };
    const given = await siteVerify(platform, 'https://api.hcaptcha.com/siteverify', fields);
    if ('passed' in given) return given;
    return isGivenHere(given, hostnames) ? { passed: true } : { passed: false, reason: 'elsewhere' };
  },
};
