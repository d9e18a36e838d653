import { ConnectorError, type FailureKind, type ProviderReply, retryAfterSeconds } from '@sesame/connector-kit';
import { z } from 'zod';
import type { Redaction } from './redaction.ts';

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
export function refusalOf(reply: ProviderReply, redaction: Redaction): ConnectorError {
  const { status } = reply;
  const said = status >= 400 ? (refusalGuard.safeParse(reply.json).data ?? {}) : {};
  const kind = said.kind ?? kindOfStatus(status);
  const mayPass = kind === 'limit' || kind === 'unclear';
  const wait = mayPass ? retryAfterSeconds(reply.headers) : undefined;
  return new ConnectorError({
    kind,
    message: said.kind ? describeKind(kind, status) : describeStatus(status),
    status,
    ...(said.code !== undefined && { providerCode: redaction.mask(String(said.code), maxCodeLength) }),
    ...(said.message && { providerMessage: redaction.mask(said.message, maxMessageLength) }),
    ...(wait && { retryAfterSeconds: wait }),
    ...(mayPass && said.retry && { retry: true }),
  });
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
    recipient: `The endpoint cannot reach this number (HTTP ${status}).`,
    limit: `The endpoint is limiting messages (HTTP ${status}).`,
    configuration: `The endpoint refused the message (HTTP ${status}); check the connector and the endpoint.`,
    unclear: `The endpoint failed (HTTP ${status}); the message may or may not have been sent.`,
  };
  return sentences[kind];
}
