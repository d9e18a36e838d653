import {
  amountOf,
  type DeliveryReport,
  formOf,
  isJson,
  jsonOf,
  type ReportContext,
  ReportRefusal,
  type ReportRequest,
  type Reports,
  shapedAs,
  statusesMean,
  timeOf,
} from '@sesame/connector-kit';
import { z } from 'zod';
import type { VonageConfig } from './config.ts';
import { receiptErrors } from './receipt-errors.ts';
import { checkFields, checkToken, tokenOf } from './report-signatures.ts';

/**
 * Reads the delivery receipts of the SMS API, and the statuses of the Messages API, which an account may be set to.
 * @see https://developer.vonage.com/en/messaging/sms/guides/delivery-receipts
 */
export const reports = { addressIs: 'sent', read } satisfies Reports<VonageConfig>;

async function read(request: ReportRequest, { config, now }: ReportContext<VonageConfig>) {
  const hasJson = isJson(request);
  const json = hasJson ? jsonOf(request) : undefined;
  const secret = config.signatureSecret;
  if (secret && tokenOf(request)) await checkToken(request, secret, now());
  if (hasJson && Object.hasOwn(shapedAs(z.looseObject({}), json), 'message_uuid'))
    return readMessagesStatus(json, secret, request);
  const fields = hasJson ? shapedAs(fieldsGuard, json) : Object.fromEntries(formOf(request));
  if (secret && !tokenOf(request)) checkFields(fields, secret, now());
  return { reports: readReceipt(fields) };
}

/** Fields are added without notice: one that is no text costs no receipt. */
const fieldsGuard = z.record(
  z.string(),
  z.unknown().transform((value) => (typeof value === 'object' ? '' : String(value))),
);

const stateOf = statusesMean({
  accepted: 'sent',
  buffered: 'sent',
  delivered: 'delivered',
  expired: 'undelivered',
  failed: 'undelivered',
  rejected: 'undelivered',
});

/** The price is left out: it is in the currency of the account, which nobody tells, and of one part of the text. */
function readReceipt(fields: Record<string, string>): DeliveryReport[] {
  const { messageId, status, 'err-code': errCode = '', 'network-code': network } = fields;
  if (!messageId || !status) throw new ReportRefusal('unreadable', 'messageId and status are missing.');
  const state = stateOf(status.toLowerCase());
  if (!state) return [];
  const why = receiptErrors.get(errCode);
  return [
    {
      messageId: fields['client-ref'] || undefined,
      providerMessageId: messageId,
      state,
      providerMessage: status,
      at: timeOf(fields['message-timestamp'], 'Z'),
      network: network || undefined,
      ...(state === 'undelivered' && {
        kind: why?.kind,
        meaning: why?.meaning,
        providerCode: errCode || undefined,
      }),
    },
  ];
}

const messagesStateOf = statusesMean({
  submitted: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  rejected: 'undelivered',
  undeliverable: 'undelivered',
});

const messagesStatusGuard = z.object({
  message_uuid: z.string().min(1),
  status: z.string(),
  timestamp: z.string().nullish(),
  client_ref: z.string().nullish(),
  error: z.object({ title: z.coerce.string().optional(), detail: z.string().optional() }).nullish().catch(undefined),
  usage: z.object({ price: z.string(), currency: z.string() }).nullish().catch(undefined),
  destination: z.object({ network_code: z.string().optional() }).nullish().catch(undefined),
});

/** @see https://developer.vonage.com/en/api/messages#message-status */
function readMessagesStatus(json: unknown, secret: string | undefined, request: ReportRequest) {
  if (secret && !tokenOf(request)) throw new ReportRefusal('forged', 'There is no token of Vonage.');
  const { message_uuid, status, timestamp, client_ref, error, usage, destination } = shapedAs(
    messagesStatusGuard,
    json,
  );
  const state = messagesStateOf(status);
  if (!state) return { reports: [] };
  const amount = amountOf(usage?.price);
  const report: DeliveryReport = {
    messageId: client_ref || undefined,
    providerMessageId: message_uuid,
    state,
    providerCode: error?.title,
    providerMessage: [status, error?.detail].filter(Boolean).join(': '),
    at: timeOf(timestamp),
    price: usage && amount !== undefined ? { amount, currency: usage.currency } : undefined,
    network: destination?.network_code,
  };
  return { reports: [report] };
}
