import { createHash } from 'node:crypto';
import type { DeliveryReport, UsageType } from '@sesame/connector-kit';
import { hasState } from '../store/applied-reports.ts';
import type { ReportedMessage } from '../store/message-reports.ts';
import type { Told } from '../webhooks/telling.ts';
import { keyed, type Recipient } from './recipient.ts';

const hourMs = 3_600_000;

/**
 * That somebody asked for more messages than a limit allows; once an hour of each limit: whoever has used up that of a
 * network may name as many recipients as there are.
 * @param full the key of the limit
 */
export function rateLimited(
  { recipient, usageType, now }: { recipient: Recipient; usageType: UsageType; now: number },
  { full, retryAfterSeconds }: { full: string; retryAfterSeconds: number },
): Told {
  const { channel, key: value } = recipient;
  const identifier = { type: channel === 'Email' ? 'email' : 'phone', value };
  const limit = createHash('sha256').update(full).digest('base64url').slice(0, 22);
  return {
    event: 'Message.RateLimited',
    data: { identifier, usageType, retryAfterSeconds },
    once: `${limit}:${Math.floor(now / hourMs)}`,
  };
}

type Reported = { report: DeliveryReport; message: ReportedMessage; receivedAt: number };

/** That a message arrived or did not, by a report that says so first. */
export function reported({ report, message, receivedAt }: Reported): Told | undefined {
  const { state, providerCode, providerMessage, meaning, at } = report;
  if (state === 'sent') return undefined;
  return {
    event: state === 'delivered' ? 'Message.Delivered' : 'Message.Undelivered',
    data: {
      id: message.id,
      channel: keyed(message.recipient).channel,
      recipient: message.recipient,
      country: message.country,
      usageType: message.usage_type,
      connectorId: message.factory_id,
      connectorConfigId: message.connector_id,
      sentAt: message.created_at,
      reportedAt: at ?? receivedAt,
      ...{ providerCode, providerMessage },
      ...(state === 'undelivered' && { reason: meaning, kind: report.kind }),
    },
    onlyIf: () => hasState(message.id, state, receivedAt),
    once: message.id,
  };
}
