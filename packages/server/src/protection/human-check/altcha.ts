import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { z } from 'zod';
import type { Asking, Provider } from './provider.ts';

/** A proof of work that this server asks for: no third party hears of it. */
export const altchaSchema = z.object({
  type: z.literal('Altcha'),
  difficulty: z
    .int()
    .min(1)
    .max(20)
    .default(4)
    .describe('How much a browser has to work: 4 keeps a laptop busy for about a second, and phones for a few.'),
});
type Config = z.infer<typeof altchaSchema>;

const lifetimeMs = 10 * 60_000;
/** Rounds of PBKDF2 in each try. */
const cost = 2_000;
/** Tries that one step of difficulty stands for, on average. */
const triesPerStep = 200;

const solvedSchema = z.object({
  challenge: z.object({
    parameters: z.object({
      algorithm: z.literal('PBKDF2/SHA-256'),
      nonce: z.string().max(64),
      salt: z.string().max(64),
      cost: z.number(),
      keyLength: z.number(),
      keyPrefix: z.string().max(128),
      keySignature: z.string().max(128),
      data: z.object({ subject: z.string().max(256), expiresAt: z.number() }),
    }),
    signature: z.string().max(128),
  }),
  solution: z.object({ counter: z.number(), derivedKey: z.string().max(128) }),
});

/** The library signs with texts. */
const signing = ({ secretKeys }: Asking<Config>) => {
  const secret = secretKeys.checks.toString('base64');
  return { hmacSignatureSecret: secret, hmacKeySignatureSecret: `solution ${secret}` };
};

/** @see https://altcha.org/docs/v2/proof-of-work/ */
export const altcha: Provider<Config> = {
  lifetimeMs,
  // Under the signature, so that there is one of each challenge, however it is written.
  usedAs: (token) => read(token)?.challenge.parameters.nonce,
  sources: () => ({ script: [], frame: [], connect: [], style: [] }),

  async question(subject, asking) {
    const { platform, config } = asking;
    const tries = config.difficulty * triesPerStep;
    const challenge = await createChallenge({
      algorithm: 'PBKDF2/SHA-256',
      cost,
      // Within half of what is usual, so that nobody waits for long.
      counter: Math.floor(tries / 2) + platform.randomInt(tries),
      deriveKey,
      // The library would go by the clock of the process.
      data: { subject, expiresAt: platform.now() + lifetimeMs },
      ...signing(asking),
    });
    return { type: 'Altcha', challenge };
  },

  async verify({ token, subject }, asking) {
    const solved = read(token);
    if (!solved) return { passed: false, reason: 'wrong' };
    const { verified } = await verifySolution({ ...solved, deriveKey, ...signing(asking) });
    if (!verified) return { passed: false, reason: 'wrong' };
    const { data } = solved.challenge.parameters;
    if (data.subject !== subject) return { passed: false, reason: 'elsewhere' };
    return data.expiresAt > asking.platform.now() ? { passed: true } : { passed: false, reason: 'used' };
  },
};

/** What the widget sends: the challenge and its solution, as JSON in Base64. */
function read(token: string): z.infer<typeof solvedSchema> | undefined {
  try {
    return solvedSchema.safeParse(JSON.parse(Buffer.from(token, 'base64').toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
