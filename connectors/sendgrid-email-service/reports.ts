import { createPublicKey, verify } from 'node:crypto';
import {
  bounced,
  complained,
  type DeliveryReport,
  heldBack,
  itemsShapedAs,
  jsonOf,
  type MailOutcome,
  type ReportContext,
  type ReportRequest,
  type Reports,
} from '@sesame/connector-kit';
import { forged } from '@sesame/connector-kit/report-signature';
import { z } from 'zod';
import type { SendGridConfig } from './config.ts';

/**
 * Reads SendGrid's event webhook.
 * @see https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event
 */
export const reports = { addressIs: 'entered', read } satisfies Reports<SendGridConfig>;

/** What keeps these from being known does not keep the rest from counting. */
const words = z.string().nullish().catch(undefined);
const eventGuard = z.object({
  event: z.string(),
  email: words,
  timestamp: z.number().nullish().catch(undefined),
  sg_message_id: words,
  /** Ours, as it went along with the mail. */
  messageId: words,
  type: words,
  reason: words,
  response: words,
  status: words,
});
type SendGridEvent = z.output<typeof eventGuard>;

function read(request: ReportRequest, { config }: ReportContext<SendGridConfig>) {
  if (config.webhookPublicKey) checkSignature(request, config.webhookPublicKey);
  const events = itemsShapedAs(eventGuard, jsonOf(request));
  return {
    reports: events.flatMap((event) => {
      const said = sayingOf(event);
      return said ? [{ ...aboutOf(event), ...said }] : [];
    }),
  };
}

/** Why SendGrid drops a mail without sending it, where that is for good. */
const isHeldBack = /^(?:bounced|spam reporting|unsubscribed|invalid) ?/i;
const notSent = {
  state: 'undelivered',
  kind: 'configuration',
  meaning: 'SendGrid did not send the mail; its words tell why.',
} as const;

/** What an event says; nothing where it is none of a mail's way. */
function sayingOf(event: SendGridEvent): MailOutcome | undefined {
  switch (event.event) {
    case 'processed':
    case 'deferred':
      return { state: 'sent' };
    case 'delivered':
      return { state: 'delivered' };
    case 'spamreport':
      return complained;
    case 'dropped':
      return isHeldBack.test(event.reason ?? '') ? heldBack : notSent;
    case 'bounce':
      // A mail that is blocked may be taken another time.
      return { ...bounced(event.reason ?? ''), ...(event.type === 'blocked' && { suppress: undefined }) };
    default:
      return undefined;
  }
}

const aboutOf = (event: SendGridEvent): Omit<DeliveryReport, 'state'> => ({
  messageId: event.messageId ?? undefined,
  // What the answer to the send said, before what SendGrid adds to it.
  providerMessageId: event.sg_message_id?.split('.')[0] || undefined,
  recipient: event.email ?? undefined,
  providerCode: event.status ?? event.type ?? undefined,
  providerMessage: event.reason || event.response || event.event,
  at: typeof event.timestamp === 'number' ? event.timestamp * 1000 : undefined,
});

/**
 * ECDSA on P-256 with SHA-256, over the time and the body. As the body is signed, one that comes again says nothing new,
 * however old it is: SendGrid goes on trying for a day.
 * @see https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
 */
function checkSignature({ headers, body }: ReportRequest, publicKey: string): void {
  const timestamp = headers['x-twilio-email-event-webhook-timestamp'] ?? '';
  const signature = Buffer.from(headers['x-twilio-email-event-webhook-signature'] ?? '', 'base64');
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  if (!verify('sha256', Buffer.concat([Buffer.from(timestamp), body]), key, signature))
    throw forged('The signature is not that of the verification key.');
}
