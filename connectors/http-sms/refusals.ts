import {
  type ConnectorError,
  type FailureKind,
  type ProviderReply,
  refusalError,
  retryAfterSeconds,
} from '@sesame/connector-kit';
import { z } from 'zod';

const maxCodeLength = 100;
const maxMessageLength = 300;

/** What an endpoint may say of a refusal; a field of the wrong type counts as absent. The README documents it. */
const refusalGuard = z.object({
  kind: z.enum(['recipient', 'limit', 'configuration', 'unclear']).optional().catch(undefined),
  code: z.union([z.string(), z.number()]).optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  retry: z.boolean().optional().catch(undefined),
});

/**
 * The error for a reply outside 2xx. The kind is what the endpoint says, else what the status means. A repeat has to be
 * asked for: a bare 429 does not say that nothing was sent (RFC 6585, section 4), and repeating at once would only
 * strain a limiter. After a longer `Retry-After` it is the person who tries again.
 */
export function refused(reply: ProviderReply, redaction: Redaction): ConnectorError {
  const { status } = reply;
  const said = status >= 400 ? (refusalGuard.safeParse(reply.json).data ?? {}) : {};
  const kind = said.kind ?? kindOfStatus(status);
  const mayPass = kind === 'limit' || kind === 'unclear';
  return refusalError(
    reply,
    {
      kind,
      meaning: said.kind ? describeKind(kind, status) : describeStatus(status),
      retryAfterSeconds: mayPass ? retryAfterSeconds(reply.headers) : undefined,
      retry: mayPass && said.retry,
    },
    {
      code: said.code === undefined ? undefined : redaction.mask(String(said.code), maxCodeLength),
      words: said.message,
      hide: (words) => redaction.mask(words, maxMessageLength),
    },
  );
}

function kindOfStatus(status: number): FailureKind {
  if (status === 429) return 'limit';
  // 408: the endpoint, or a proxy before it, gave up waiting; that says nothing of the configuration.
  return status >= 400 && status < 500 && status !== 408 ? 'configuration' : 'unclear';
}

function describeStatus(status: number): string {
  if (status === 401 || status === 403) return `The endpoint refused the Authorization header (HTTP ${status}).`;
  if (status === 404) return 'There is nothing at the endpoint (HTTP 404); check its path.';
  if (status === 429) return 'The endpoint is limiting requests (HTTP 429).';
  if (status >= 300 && status < 400) {
    return `The endpoint redirects (HTTP ${status}); redirects are not followed. Configure the final URL.`;
  }
  return describeKind(kindOfStatus(status), status);
}

function describeKind(kind: FailureKind, status: number): string {
  const sentences: Record<FailureKind, string> = {
    recipient: `The endpoint cannot reach this recipient (HTTP ${status}).`,
    limit: `The endpoint is limiting messages (HTTP ${status}).`,
    configuration: `The endpoint refused the message (HTTP ${status}); check the connector and the endpoint.`,
    unclear: `The endpoint failed (HTTP ${status}); the message may or may not have been sent.`,
  };
  return sentences[kind];
}

const mask = '•••';

/** Takes secrets out of what an endpoint wrote, since it may echo what it was sent. */
export type Redaction = {
  /** The text with each secret masked, on one line and at most `maxLength` characters long. */
  mask: (text: string, maxLength: number) => string;
  holdsSecret: (text: string) => boolean;
};

/** Knows the Authorization value, its credentials without the scheme, a Basic password, and the code. */
export function redactionOf(authorization: string | undefined, code: unknown): Redaction {
  const secrets = [...secretsOfAuthorization(authorization), ...(code ? [String(code)] : [])].sort(
    (one, other) => other.length - one.length,
  );
  return {
    // Masked before it is cut: half a secret would no longer be found.
    mask: (text, maxLength) =>
      secrets
        .reduce((masked, secret) => masked.replaceAll(secret, mask), text)
        .replace(/[\s\p{Cc}]+/gu, ' ')
        .trim()
        .slice(0, maxLength),
    holdsSecret: (text) => secrets.some((secret) => text.includes(secret)),
  };
}

function secretsOfAuthorization(authorization: string | undefined): string[] {
  if (!authorization) return [];
  const [, scheme, credentials] = /^(\S+)\s+(.+)$/.exec(authorization) ?? [];
  if (!scheme || !credentials) return [authorization];
  if (scheme.toLowerCase() !== 'basic') return [authorization, credentials];
  const pair = Buffer.from(credentials, 'base64').toString('utf8');
  const password = pair.slice(pair.indexOf(':') + 1);
  return [authorization, credentials, pair, password].filter(Boolean);
}
