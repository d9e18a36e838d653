import { ConnectorError, type ConnectorErrorData } from './connector-error.ts';

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
 * @throws ConnectorError `unclear`, with `retry` when no connection was made, so that nothing can have been processed;
 * `configuration` when the URL or a header cannot be sent
 */
export async function postToProvider(
  { fetch, timeoutMs }: { fetch: typeof globalThis.fetch; timeoutMs: number },
  { url, headers, body }: ProviderRequest,
): Promise<ProviderReply> {
  const { host } = checkRequest(url, headers);
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    const text = await readLimited(response);
    return { status: response.status, headers: response.headers, text, json: parseJson(text) };
  } catch (error) {
    if (error instanceof ConnectorError) throw error;
    throw new ConnectorError(describeFailure(error, host, timeoutMs));
  }
}

/** The platform's own errors for these quote the value, which may be a secret. */
function checkRequest(url: string | URL, headers: Record<string, string>): URL {
  const parsed = URL.parse(url);
  if (!parsed) throw new ConnectorError({ kind: 'configuration', message: "The provider's URL is not valid." });
  for (const [name, value] of Object.entries(headers)) {
    try {
      new Headers([[name, value]]);
    } catch {
      const message = `The header ${name} would hold characters that HTTP does not allow; check the credentials.`;
      throw new ConnectorError({ kind: 'configuration', message });
    }
  }
  return parsed;
}

/** These arise only before there is a connection; other codes do so only in the system calls that make one. */
const notConnectedCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);
const connectingCalls = new Set(['connect', 'getaddrinfo']);

type SystemError = { code?: unknown; syscall?: unknown; errors?: SystemError[] };

/** A host with several addresses fails with an AggregateError that holds an error for each. */
function isNotConnected({ code, syscall, errors }: SystemError): boolean {
  if (errors?.length) return errors.every(isNotConnected);
  return notConnectedCodes.has(String(code)) || connectingCalls.has(String(syscall));
}

function describeFailure(error: unknown, host: string, timeoutMs: number): ConnectorErrorData {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    const message = `${host} did not answer within ${timeoutMs / 1000} s; the message may or may not have been sent.`;
    return { kind: 'unclear', message };
  }
  const cause = ((error instanceof Error && error.cause) || {}) as SystemError;
  const reason = typeof cause.code === 'string' ? ` (${cause.code})` : '';
  if (isNotConnected(cause)) return { kind: 'unclear', message: `No connection to ${host}${reason}.`, retry: true };
  if (/^ \((?!ERR_SSL).*(CERT|SIGNATURE)/.test(reason)) {
    return { kind: 'unclear', message: `No secure connection to ${host}${reason}; nothing was sent.` };
  }
  const message = `The connection to ${host} broke${reason}; the message may or may not have been sent.`;
  return { kind: 'unclear', message };
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
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(reply.headers.get('content-type') ?? '')?.[0] ?? 'no content type';
  return new ConnectorError(
    {
      kind: 'unclear',
      message: `The reply could not be read (HTTP ${reply.status}, ${type}); the message may or may not have been sent.`,
      status: reply.status,
    },
    'invalid_response',
  );
}

const maxRetryAfterSeconds = 86_400;

/** Seconds, a day at most, of a `Retry-After` header, where it holds a number. */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const value = Number(headers.get('retry-after'));
  return value > 0 && Number.isFinite(value) ? Math.min(Math.ceil(value), maxRetryAfterSeconds) : undefined;
}
