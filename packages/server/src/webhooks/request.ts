import type { ProviderFetch, ProviderResponse } from '@sesame/connector-kit';
import { PrivateTarget } from '../network/public-addresses.ts';
import type { Platform } from '../platform.ts';
import { signatureOf } from './payload.ts';

/** How long a receiver may take, as at Logto. */
export const timeoutMs = 10_000;
const maxReplyBytes = 64 * 1024;
const keptCharacters = 2_000;

/** One request, and where it goes. */
export type HookRequest = {
  config: { url: string; headers?: Record<string, string> | undefined };
  signingKey: string;
  body: string;
  eventId: string;
};

/** What came of a request; `error` says why there was no answer. */
export type HookAnswer = {
  status: number | null;
  error: string | null;
  /** The beginning of what was answered. */
  response: string | null;
  retryAfter: string | null;
  durationMs: number;
};

type Deps = { fetch: ProviderFetch; platform: Pick<Platform, 'now'> };

/** Asks a receiver once: no redirects, and one time limit over the whole exchange. It never rejects. */
export async function ask({ fetch, platform }: Deps, request: HookRequest, stop?: AbortSignal): Promise<HookAnswer> {
  const { config, signingKey, body, eventId } = request;
  const beganAt = platform.now();
  const controller = new AbortController();
  const end = (reason: string) => controller.abort(new DOMException(reason, 'AbortError'));
  const timer = setTimeout(() => end(`There was no answer within ${timeoutMs / 1000} s.`), timeoutMs);
  const stopped = () => end('The server stopped.');
  stop?.addEventListener('abort', stopped);
  const done = (answer: Partial<HookAnswer>): HookAnswer => ({
    ...{ status: null, error: null, response: null, retryAfter: null, durationMs: platform.now() - beganAt },
    ...answer,
  });
  try {
    const reply = await fetch(config.url, {
      method: 'POST',
      headers: {
        ...config.headers,
        'content-type': 'application/json',
        'user-agent': 'Sesame',
        'logto-signature-sha-256': signatureOf(signingKey, body),
        'sesame-event-id': eventId,
        'sesame-timestamp': String(beganAt),
      },
      body,
      redirect: 'manual',
      signal: controller.signal,
    });
    const retryAfter = reply.headers.get('retry-after');
    return done({ status: reply.status, response: await beginningOf(reply), retryAfter });
  } catch (error) {
    return done({ error: reasonOf(error) });
  } finally {
    clearTimeout(timer);
    stop?.removeEventListener('abort', stopped);
  }
}

/** The rest is not read, and one that breaks off counts as far as it came: with the status the receiver has answered. */
async function beginningOf({ body }: ProviderResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body ?? []) {
      chunks.push(chunk);
      bytes += chunk.byteLength;
      if (bytes >= maxReplyBytes) break;
    }
  } catch {}
  const text = Buffer.concat(chunks).toString('utf8').replaceAll('\0', '');
  return text.slice(0, keptCharacters).toWellFormed();
}

/** Why there was no answer, without the address, which may hold a secret. */
function reasonOf(error: unknown): string {
  if (error instanceof PrivateTarget) return `${error.message} SESAME_PRIVATE_WEBHOOKS=allow lets webhooks go there.`;
  if (error instanceof DOMException) return error.message;
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? `The connection failed (${code}).` : 'The connection failed.';
}
