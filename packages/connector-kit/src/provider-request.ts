import { ConnectorError, type ConnectorErrorData } from './connector-error.ts';

/** How long a provider may take, from the first byte sent to the last one read. */
export const providerTimeoutMs = 10_000;
const maxReplyBytes = 256 * 1024;

/** The headers of an answer. */
export type ReplyHeaders = Pick<Headers, 'get'>;

/** What a provider answered; `json` is `undefined` where the body is not JSON. */
export type ProviderReply = { status: number; headers: ReplyHeaders; text: string; json: unknown };

/** A request to a provider. */
export type ProviderRequest = { url: string | URL; headers: Record<string, string>; body: string };

/**
 * What `postToProvider` and `getFromProvider` ask of `fetch`. The platform's own does that, and so may one that does no
 * more.
 */
export type ProviderFetch = (
  url: string | URL,
  init: {
    method: 'POST' | 'GET';
    headers: Record<string, string>;
    body?: string;
    redirect: 'manual';
    signal: AbortSignal;
  },
) => Promise<ProviderResponse>;

/** An answer of which the body is still to be read. */
export type ProviderResponse = { status: number; headers: ReplyHeaders; body: AsyncIterable<Uint8Array> | null };

/**
 * POSTs to a provider: one time limit over the whole exchange, no redirects (they would carry the credentials along),
 * replies of at most 256 kB.
 * @throws ConnectorError `unclear`, with `isUnsent` when no connection was made, so that nothing can have been processed;
 * `configuration` when the URL or a header cannot be sent
 */
export const postToProvider = (context: Way, { body, ...request }: ProviderRequest): Promise<ProviderReply> =>
  askProvider(context, request, { method: 'POST', body });

/** The same with GET. @throws ConnectorError as `postToProvider` */
export const getFromProvider = (context: Way, request: Omit<ProviderRequest, 'body'>): Promise<ProviderReply> =>
  askProvider(context, request, { method: 'GET' });

/** How to get to a provider, and how long it may take. */
type Way = { fetch: ProviderFetch; timeoutMs: number };

async function askProvider(
  { fetch, timeoutMs }: Way,
  { url, headers: given }: Omit<ProviderRequest, 'body'>,
  init: { method: 'POST' | 'GET'; body?: string },
): Promise<ProviderReply> {
  const target = checkUrl(url);
  const headers = Object.fromEntries(Object.entries(given).map(checkHeader));
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new DOMException('Too late.', 'TimeoutError')), timeoutMs);
  try {
    const response = await fetch(target, { ...init, headers, redirect: 'manual', signal: controller.signal });
    const text = await readLimited(response);
    return { status: response.status, headers: response.headers, text, json: parseJson(text) };
  } catch (error) {
    if (error instanceof ConnectorError) throw error;
    throw new ConnectorError(describeFailure(error, target.host, timeoutMs));
  } finally {
    clearTimeout(timer);
  }
}

/** The platform's own error quotes the URL, which may hold a secret. */
function checkUrl(url: string | URL): URL {
  const parsed = URL.parse(url);
  const isSendable = parsed && /^https?:$/.test(parsed.protocol) && !parsed.username && !parsed.password;
  if (isSendable) return parsed;
  throw new ConnectorError({ kind: 'configuration', message: "The provider's URL is not valid." });
}

const framing = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Whether a header says where a request ends, how the connection goes on, or whom it is for. Whatever carries the request
 * sets these; another value would make one request two.
 * @see https://fetch.spec.whatwg.org/#forbidden-request-header
 */
export const isFramingHeader = (name: string): boolean => framing.has(name.toLowerCase());

/** @see https://www.rfc-editor.org/rfc/rfc9110 section 5.5; space around a value is no part of it */
function checkHeader([name, given]: [string, string]): [string, string] {
  if (isFramingHeader(name)) {
    const message = `The header ${name} is set by the server itself; leave it out.`;
    throw new ConnectorError({ kind: 'configuration', message });
  }
  const value = given.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  if (/^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return [name, value];
  const message = `The header ${name} would hold characters that HTTP does not allow; check the credentials.`;
  throw new ConnectorError({ kind: 'configuration', message });
}

/** These arise only before there is a connection; other codes do so only in the system calls that make one. */
const notConnectedCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_PROXY_TUNNEL',
]);
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
  // The platform's `fetch` wraps the error of the system.
  const cause = ((error instanceof Error && (error.cause || error)) || {}) as SystemError;
  const reason = typeof cause.code === 'string' ? ` (${cause.code})` : '';
  if (/^ \((?!ERR_SSL).*(CERT|SIGNATURE)/.test(reason)) {
    return { kind: 'unclear', message: `No secure connection to ${host}${reason}; nothing was sent.`, isUnsent: true };
  }
  if (isNotConnected(cause)) {
    const message = `No connection to ${host}${reason}; nothing was sent.`;
    return { kind: 'unclear', message, isUnsent: true, retry: true };
  }
  const message = `The connection to ${host} broke${reason}; the message may or may not have been sent.`;
  return { kind: 'unclear', message };
}

const decoder = new TextDecoder();

async function readLimited(response: ProviderResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxReplyBytes) {
      throw new ConnectorError(
        { kind: 'unclear', message: 'The reply is longer than 256 kB.', status: response.status },
        'invalid_response',
      );
    }
    chunks.push(chunk);
  }
  return decoder.decode(Buffer.concat(chunks));
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
export function retryAfterSeconds(headers: ReplyHeaders): number | undefined {
  const value = Number(headers.get('retry-after'));
  return value > 0 && Number.isFinite(value) ? Math.min(Math.ceil(value), maxRetryAfterSeconds) : undefined;
}
