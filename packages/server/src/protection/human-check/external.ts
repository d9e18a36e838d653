import { ConnectorError, postToProvider } from '@sesame/connector-kit';
import { z } from 'zod';
import type { Platform } from '../../platform.ts';
import type { Verdict } from './provider.ts';

/** Nobody waits longer for a check than this, in milliseconds. */
const timeoutMs = 5_000;

/** A key as providers hand them out: one word. */
export const keySchema = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[\x21-\x7e]+$/, { error: 'A key has no spaces. Copy it from the provider’s console.' });

/** What every provider elsewhere is set up with. */
export const keysShape = {
  siteKey: keySchema.describe('The public key: pages show it.'),
  secretKey: keySchema.describe('Kept encrypted, and in no reply.'),
  hostnames: z
    .array(
      z
        .string()
        .max(253)
        .regex(/^[a-z0-9.-]+$/, { error: 'Give host names alone, in lower case, such as shop.example.com.' }),
    )
    .max(20)
    .optional()
    .describe('Where answers may come from beside the public URL of this server, for sign-in pages of your own.'),
};

type Request = { url: string; headers: Record<string, string>; body: string };

/** Asks a provider, through the same proxy as connectors. @returns its answer, or a verdict where it gives none */
export async function askProvider<Reply>(
  { fetch }: Pick<Platform, 'fetch'>,
  request: Request,
  schema: z.ZodType<Reply>,
): Promise<{ status: number; reply: Reply } | Extract<Verdict, { passed: false }>> {
  try {
    const { status, json } = await postToProvider({ fetch, timeoutMs }, request);
    const parsed = schema.safeParse(json);
    if (parsed.success && status < 500) return { status, reply: parsed.data };
    return { passed: false, reason: 'unreachable', detail: `The provider answered with status ${status}.` };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return { passed: false, reason: 'unreachable', detail: error.message };
  }
}

const siteReply = z.object({
  success: z.boolean(),
  hostname: z.string().nullish(),
  action: z.string().nullish(),
  'error-codes': z.array(z.string()).nullish(),
});

/** The protocol that Turnstile and hCaptcha share: `siteverify`. */
export async function siteVerify(
  platform: Pick<Platform, 'fetch'>,
  url: string,
  fields: Record<string, string>,
): Promise<{ hostname?: string | undefined; action?: string | undefined } | Extract<Verdict, { passed: false }>> {
  const asked = await askProvider(
    platform,
    {
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== '')).toString(),
    },
    siteReply,
  );
  if ('passed' in asked) return asked;
  const { success, hostname, action, 'error-codes': codes } = asked.reply;
  if (success) return { hostname: hostname ?? undefined, action: action ?? undefined };
  return { passed: false, reason: reasonOf(codes ?? []), detail: (codes ?? []).join(', ') };
}

/**
 * @see https://developers.cloudflare.com/turnstile/get-started/server-side-validation/
 * @see https://docs.hcaptcha.com/#siteverify-error-codes-table
 */
function reasonOf(codes: readonly string[]) {
  const has = (pattern: RegExp) => codes.some((code) => pattern.test(code));
  if (has(/secret|sitekey/)) return 'misconfigured';
  if (has(/internal-error/)) return 'unreachable';
  return has(/duplicate|already-seen|expired/) ? 'used' : 'wrong';
}
