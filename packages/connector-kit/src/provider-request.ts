import { ConnectorError } from './connector-error.ts';

/** How long a provider may take, from the first byte sent to the last one read. */
export const providerTimeoutMs = 10_000;
const maxReplyBytes = 256 * 1024;

/** What a provider answered; `json` is `undefined` where the body is not JSON. */
export type ProviderReply = { status: number; headers: Headers; text: string; json: unknown };

/** A request to a provider. */
export type ProviderRequest = { url: string | URL; headers: Record<string, string>; body: string };

/**
 * POSTs to a provider: one time limit over the whole exchange, no redirects (they would carry the credentials along),
 * replies of at most 256 kB.
 * @throws ConnectorError `unclear`; with `retry` when no connection was made, so that nothing can have been processed
 */
export async function postToProvider(
  { fetch, timeoutMs }: { fetch: typeof globalThis.fetch; timeoutMs: number },
  { url, headers, body }: ProviderRequest,
): Promise<ProviderReply> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    const text = await readLimited(response);
    return { status: response.status, headers: response.headers, text, json: parseJson(text) };
  } catch (error) {
    if (error instanceof ConnectorError) throw error;
    throw new ConnectorError(describeFailure(error, new URL(url).host, timeoutMs));
  }
}

const notConnectedCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'EHOSTUNREACH',
]);

function describeFailure(error: unknown, host: string, timeoutMs: number) {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    const message = `${host} did not answer within ${timeoutMs / 1000} s; the message may or may not have been sent.`;
    return { kind: 'unclear', message } as const;
  }
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  const code = typeof cause?.code === 'string' ? cause.code : undefined;
  if (code && notConnectedCodes.has(code)) {
    return { kind: 'unclear', message: `No connection to ${host} (${code}).`, retry: true } as const;
  }
  const reason = code ? ` (${code})` : '';
  const message = `The connection to ${host} broke${reason}; the message may or may not have been sent.`;
  return { kind: 'unclear', message } as const;
}

async function readLimited(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxReplyBytes) {
      throw new ConnectorError(
        { kind: 'unclear', message: 'The reply is longer than 256 kB.', status: response.status },
        'invalid_response',
      );
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The error for a reply that is not what the provider documents; its body stays out, since it may hold anything. */
export function unreadableReply(reply: ProviderReply): ConnectorError {
  const type = reply.headers.get('content-type') ?? 'no content type';
  return new ConnectorError(
    {
      kind: 'unclear',
      message: `The reply could not be read (HTTP ${reply.status}, ${type}); the message may or may not have been sent.`,
      status: reply.status,
    },
    'invalid_response',
  );
}

/** Seconds of a `Retry-After` header, where it holds a number. */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const value = Number(headers.get('retry-after'));
  return value > 0 ? Math.ceil(value) : undefined;
}
