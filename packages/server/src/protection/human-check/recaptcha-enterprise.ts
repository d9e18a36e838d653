import { z } from 'zod';
import { askProvider, keysShape } from './external.ts';
import { action, isGivenHere, type Provider, type Verdict } from './provider.ts';

export const recaptchaEnterpriseSchema = z.object({
  type: z.literal('RecaptchaEnterprise'),
  ...keysShape,
  secretKey: keysShape.secretKey.describe('An API key of the project. Kept encrypted, and in no reply.'),
  projectId: z
    .string()
    .max(100)
    .regex(/^[\w.:-]+$/, { error: 'Give the id of the project in Google Cloud.' }),
  domain: z
    .enum(['www.google.com', 'www.recaptcha.net', 'recaptcha.net'])
    .optional()
    .describe('Where browsers load it from; `recaptcha.net` where google.com is out of reach.'),
  mode: z
    .enum(['invisible', 'checkbox'])
    .optional()
    .describe('As the site key was made: by a score (`invisible`, the default), or by a box to tick.'),
});
type Config = z.infer<typeof recaptchaEnterpriseSchema>;

/** People have higher scores; as at Logto. */
const leastScore = 0.5;

const replySchema = z.union([
  z.object({
    tokenProperties: z.object({
      valid: z.boolean().optional(),
      invalidReason: z.string().optional(),
      hostname: z.string().optional(),
      action: z.string().optional(),
    }),
    riskAnalysis: z.object({ score: z.number().optional() }).optional(),
  }),
  z.object({ error: z.object({ status: z.string().optional(), message: z.string().optional() }) }),
]);

/** @see https://cloud.google.com/recaptcha/docs/create-assessment-website */
export const recaptchaEnterprise: Provider<Config> = {
  // A token is good for two minutes there.
  lifetimeMs: 10 * 60_000,
  sources: ({ domain = 'www.google.com' }) => {
    const own = [
      `https://${domain}/recaptcha/`,
      'https://www.gstatic.com/recaptcha/',
      'https://www.gstatic.cn/recaptcha/',
    ];
    return { script: own, frame: [...own, 'https://recaptcha.google.com/recaptcha/'], connect: own, style: [] };
  },
  question: async (_, { config: { type, siteKey, domain, mode } }) => ({ type, siteKey, domain, mode }),

  async verify({ token, address }, { platform, config, hostnames }) {
    const { projectId, secretKey, siteKey, mode } = config;
    const url = new URL(`https://recaptchaenterprise.googleapis.com/v1/projects/${projectId}/assessments`);
    url.searchParams.set('key', secretKey);
    const event = { token, siteKey, ...(mode !== 'checkbox' && { expectedAction: action }) };
    const asked = await askProvider(
      platform,
      {
        url: url.href,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ event: { ...event, ...(address !== '' && { userIpAddress: address }) } }),
      },
      replySchema,
    );
    if ('passed' in asked) return asked;
    const { status, reply } = asked;
    if ('error' in reply) {
      const detail = reply.error.status ?? `Status ${status}.`;
      // A key over its quota is no wrong key.
      return { passed: false, reason: status === 429 ? 'unreachable' : 'misconfigured', detail };
    }
    return verdictOf(reply, { mode, hostnames });
  },
};

function verdictOf(
  { tokenProperties, riskAnalysis }: Extract<z.infer<typeof replySchema>, { tokenProperties: unknown }>,
  { mode, hostnames }: { mode: Config['mode']; hostnames: readonly string[] },
): Verdict {
  const { valid = false, invalidReason = '' } = tokenProperties;
  if (!valid) {
    const reason = /EXPIRED|DUPE/.test(invalidReason) ? 'used' : 'wrong';
    return { passed: false, reason, detail: invalidReason };
  }
  if (!isGivenHere(tokenProperties, hostnames)) return { passed: false, reason: 'elsewhere' };
  // A box that was ticked is a yes or a no.
  if (mode === 'checkbox' || (riskAnalysis?.score ?? 0) >= leastScore) return { passed: true };
  return { passed: false, reason: 'wrong', detail: 'The score is too low.' };
}
