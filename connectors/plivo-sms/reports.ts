import {
  amountOf,
  type DeliveryReport,
  formOf,
  type ReportContext,
  ReportRefusal,
  type ReportRequest,
  type Reports,
  statusesMean,
} from '@sesame/connector-kit';
import type { PlivoConfig } from './config.ts';
import { logCodes } from './log-codes.ts';
import { checkSignature } from './report-signature.ts';

/**
 * Reads Plivo's message callbacks.
 * @see https://www.plivo.com/docs/messaging/concepts/callbacks
 */
export const reports = { addressIs: 'sent', read } satisfies Reports<PlivoConfig>;

const stateOf = statusesMean({
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'undelivered',
  failed: 'undelivered',
  rejected: 'undelivered',
});

function read(request: ReportRequest, { config }: ReportContext<PlivoConfig>) {
  if (config.authToken) checkSignature(request, config.authToken);
  const form = formOf(request);
  // A text of several SMS is known by the id of its first.
  const providerMessageId = form.get('ParentMessageUUID') || form.get('MessageUUID');
  const status = form.get('Status')?.toLowerCase();
  if (!providerMessageId || !status) throw new ReportRefusal('unreadable', 'MessageUUID and Status are missing.');
  const state = stateOf(status);
  if (!state) return { reports: [] };
  const amount = amountOf(form.get('TotalAmount'));
  const report: DeliveryReport = {
    providerMessageId,
    state,
    providerMessage: status,
    parts: Number(form.get('Units')) || undefined,
    price: amount === undefined ? undefined : { amount, currency: 'USD' },
    network: networkOf(form.get('MCC'), form.get('MNC')),
  };
  if (state !== 'undelivered') return { reports: [report] };
  const providerCode = form.get('ErrorCode')?.replace(/^0+(?=\d)/, '') || undefined;
  const why = logCodes.get(providerCode ?? '');
  return { reports: [{ ...report, kind: why?.kind, meaning: why?.meaning, providerCode }] };
}

const networkOf = (mcc: string | null, mnc: string | null): string | undefined =>
  mcc && mnc ? mcc + mnc.padStart(2, '0') : undefined;
