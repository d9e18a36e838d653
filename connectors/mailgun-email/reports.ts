import { createHmac } from 'node:crypto';
import {
  bounced,
  complained,
  type DeliveryReport,
  heldBack,
  jsonOf,
  loosely,
  type MailOutcome,
  type ReportContext,
  type ReportRequest,
  type Reports,
  shapedAs,
} from '@sesame/connector-kit';
import { forged, isSameText } from '@sesame/connector-kit/report-signature';
import { z } from 'zod';
import type { MailgunConfig } from './config.ts';

/**
 * Reads Mailgun's webhooks.
 * @see https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-payloads
 */
export const reports = { addressIs: 'entered', read } satisfies Reports<MailgunConfig>;

const words = loosely(z.string());

const eventGuard = z.object({
  event: z.string(),
  severity: words,
  reason: words,
  recipient: words,
  timestamp: loosely(z.number()),
  message: loosely(z.object({ headers: z.object({ 'message-id': words }) })),
  'user-variables': loosely(z.object({ messageId: words })),
  'delivery-status': loosely(
    z.object({ code: loosely(z.union([z.number(), z.string()])), message: words, description: words }),
  ),
});
const bodyGuard = z.object({
  signature: z.object({ timestamp: z.coerce.string(), token: z.string(), signature: z.string() }),
  'event-data': eventGuard,
});
type MailgunEvent = z.output<typeof eventGuard>;

function read(request: ReportRequest, { config, now }: ReportContext<MailgunConfig>) {
  const body = shapedAs(bodyGuard, jsonOf(request));
  if (config.webhookSigningKey) checkSignature(body.signature, config.webhookSigningKey, now());
  const said = sayingOf(body['event-data']);
  return { reports: said ? [{ ...aboutOf(body['event-data']), ...said }] : [] };
}

/** What an event says; nothing where it is none of a mail's way. */
function sayingOf(event: MailgunEvent): MailOutcome | undefined {
  if (event.event === 'accepted') return { state: 'sent' };
  if (event.event === 'delivered') return { state: 'delivered' };
  if (event.event === 'complained') return complained;
  if (event.event !== 'failed') return undefined;
  // Mailgun goes on trying.
  if (event.severity === 'temporary') return { state: 'sent' };
  return event.reason?.startsWith('suppress-') ? heldBack : bounced(wordsOf(event));
}

function aboutOf(event: MailgunEvent): Omit<DeliveryReport, 'state'> {
  const { recipient, timestamp, reason, 'delivery-status': status } = event;
  const id = event.message?.headers['message-id'];
  return {
    messageId: event['user-variables']?.messageId ?? undefined,
    // Without what it stands between when a mail is sent.
    providerMessageId: id ? `<${id.replace(/^<|>$/g, '')}>` : undefined,
    recipient: recipient ?? undefined,
    providerCode: status?.code ? String(status.code) : (reason ?? undefined),
    providerMessage: status?.message || status?.description || event.event,
    at: typeof timestamp !== 'number' ? undefined : Math.round(timestamp * 1000),
  };
}

const wordsOf = ({ 'delivery-status': status }: MailgunEvent) =>
  [status?.code, status?.message || status?.description].filter(Boolean).join(' ');

/** Mailgun tries to report for eight hours; the signature is not of the body, so that none is good for much longer. */
const longestSeconds = 9 * 3600;
const toleratedSeconds = 300;

/**
 * HMAC-SHA-256 over the time and the token, as hexadecimal digits.
 * @see https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks
 */
function checkSignature(
  { timestamp, token, signature }: z.output<typeof bodyGuard>['signature'],
  key: string,
  now: number,
): void {
  const right = createHmac('sha256', key).update(`${timestamp}${token}`).digest('hex');
  if (!isSameText(right, signature.toLowerCase()))
    throw forged('The signature is not that of the webhook signing key.');
  const age = now / 1000 - Number(timestamp);
  if (!/^\d+$/.test(timestamp) || age > longestSeconds || age < -toleratedSeconds)
    throw forged('The signature is more than nine hours old, or of later.');
}
