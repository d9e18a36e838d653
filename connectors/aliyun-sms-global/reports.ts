import {
  type DeliveryReport,
  itemsShapedAs,
  jsonOf,
  loosely,
  type ReportRequest,
  type Reports,
  statusesMean,
  timeOf,
  withPlus,
} from '@sesame/connector-kit';
import { z } from 'zod';
import type { AliyunGlobalConfig } from './config.ts';

/**
 * Reads the delivery receipts that Alibaba Cloud pushes over HTTP. It signs none: the secret in the address, the number
 * and the id of the message are what there is to go by.
 * @see https://www.alibabacloud.com/help/en/sms/developer-reference/configure-delivery-receipts
 */
export const reports = {
  addressIs: 'entered',
  read: (request: ReportRequest) => ({
    reports: itemsShapedAs(receiptGuard, jsonOf(request)).flatMap(reportOf),
    reply: { contentType: 'application/json', body: '{"code":0,"msg":"OK"}' },
  }),
} satisfies Reports<AliyunGlobalConfig>;

const stateOf = statusesMean({ 1: 'delivered', 2: 'undelivered', 6: 'undelivered' });

const receiptGuard = z.object({
  To: z.coerce.string().regex(/^\+?\d{5,20}$/),
  MessageId: z.coerce.string().min(1),
  Status: z.coerce.string(),
  SmsSize: loosely(z.coerce.number()),
  ReceiveDate: loosely(z.string()),
  ErrorCode: loosely(z.string()),
  ErrorDescription: loosely(z.string()),
});

function reportOf(receipt: z.output<typeof receiptGuard>): DeliveryReport[] {
  const { To, MessageId, Status, SmsSize, ReceiveDate, ErrorCode, ErrorDescription } = receipt;
  const state = stateOf(Status);
  if (!state) return [];
  const report: DeliveryReport = {
    recipient: withPlus(To),
    providerMessageId: MessageId,
    state,
    providerCode: ErrorCode || undefined,
    providerMessage: ErrorDescription || undefined,
    at: timeOf(ReceiveDate),
    parts: SmsSize || undefined,
  };
  return [Status === expired ? { ...report, providerMessage: report.providerMessage ?? 'expired' } : report];
}

const expired = '6';
