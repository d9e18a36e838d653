import {
  bounced,
  complained,
  type DeliveryReport,
  jsonOf,
  type MailOutcome,
  type ReportContext,
  type ReportRequest,
  type Reports,
  shapedAs,
  timeOf,
} from '@sesame/connector-kit';
import { forged, isSameText } from '@sesame/connector-kit/report-signature';
import { z } from 'zod';
import type { PostmarkConfig } from './config.ts';

/**
 * Reads Postmark's webhooks, which are not signed: they carry the credentials that were entered with their address.
 * @see https://postmarkapp.com/developer/webhooks/webhooks-overview
 */
export const reports = { addressIs: 'entered', read } satisfies Reports<PostmarkConfig>;

/** What keeps these from being known does not keep the rest from counting. */
const words = z.string().nullish().catch(undefined);
const bodyGuard = z.object({
  RecordType: z.string(),
  MessageID: words,
  Metadata: z.object({ messageId: words }).nullish(),
  /** Of a delivery. */
  Recipient: words,
  DeliveredAt: words,
  /** Of a bounce or a complaint. */
  Type: words,
  Email: words,
  BouncedAt: words,
  Description: words,
  Details: words,
});
type PostmarkEvent = z.output<typeof bodyGuard>;

function read(request: ReportRequest, { config }: ReportContext<PostmarkConfig>) {
  if (config.webhookCredentials) checkCredentials(request, config.webhookCredentials);
  const event = shapedAs(bodyGuard, jsonOf(request));
  const said = sayingOf(event);
  return { reports: said ? [{ ...aboutOf(event), ...said }] : [] };
}

/** Bounces after which Postmark goes on trying, or of which nothing follows for the mail. */
const passing = new Set(['Transient', 'DnsError', 'AutoResponder', 'AddressChange', 'ChallengeVerification']);

/** What an event says; nothing where it is none of a mail's way. */
function sayingOf(event: PostmarkEvent): MailOutcome | undefined {
  if (event.RecordType === 'Delivery') return { state: 'delivered' };
  if (event.RecordType === 'SpamComplaint') return complained;
  if (event.RecordType !== 'Bounce') return undefined;
  if (passing.has(event.Type ?? '')) return { state: 'sent' };
  const said = bounced(event.Details || event.Description || '');
  return { ...said, ...(event.Type !== 'HardBounce' && { suppress: undefined }) };
}

const aboutOf = (event: PostmarkEvent): Omit<DeliveryReport, 'state'> => ({
  messageId: event.Metadata?.messageId ?? undefined,
  providerMessageId: event.MessageID ?? undefined,
  recipient: event.Recipient ?? event.Email ?? undefined,
  providerCode: event.Type ?? undefined,
  providerMessage: event.Details || event.Description || event.RecordType,
  at: timeOf(event.DeliveredAt ?? event.BouncedAt),
});

/** Basic authentication (RFC 7617). */
function checkCredentials({ headers }: ReportRequest, credentials: string): void {
  const right = `Basic ${Buffer.from(credentials).toString('base64')}`;
  if (!isSameText(right, headers.authorization ?? '')) throw forged('The credentials are not those of the webhook.');
}
