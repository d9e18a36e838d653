import {
  type DeliveryReport,
  itemsShapedAs,
  jsonOf,
  loosely,
  type ReportRequest,
  type Reports,
  timeOf,
  withPlus,
} from '@sesame/connector-kit';
import { z } from 'zod';
import type { AliyunConfig } from './config.ts';

/**
 * Reads the delivery receipts that Aliyun pushes over HTTP (SmsReport). Aliyun signs none: the secret in the address is
 * all there is to go by.
 * @see https://help.aliyun.com/en/sms/developer-reference/configure-delivery-receipts-1
 */
export const reports = {
  addressIs: 'entered',
  read: (request: ReportRequest) => ({
    reports: itemsShapedAs(receiptGuard, jsonOf(request)).map(reportOf),
    // Anything else is pushed again, after 1, 5 and 10 minutes.
    reply: { contentType: 'application/json', body: '{"code":0,"msg":"OK"}' },
  }),
} satisfies Reports<AliyunConfig>;

const receiptGuard = z.object({
  phone_number: z.string().regex(/^\+?\d{5,20}$/),
  success: z.boolean(),
  biz_id: z.string().min(1),
  out_id: loosely(z.string()),
  report_time: loosely(z.string()),
  err_code: loosely(z.string()),
  err_msg: loosely(z.string()),
  sms_size: loosely(z.coerce.number()),
});

function reportOf(receipt: z.output<typeof receiptGuard>): DeliveryReport {
  const { phone_number, success, biz_id, out_id, report_time, err_code, err_msg, sms_size } = receipt;
  return {
    // `OutId` is our id of the message. Without it, number and BizId tell the message.
    ...(out_id ? { messageId: out_id } : { recipient: recipientOf(phone_number) }),
    providerMessageId: biz_id,
    state: success ? 'delivered' : 'undelivered',
    providerCode: err_code || undefined,
    providerMessage: err_msg || undefined,
    at: timeOf(report_time, chinaTime),
    parts: sms_size || undefined,
  };
}

const chinaTime = '+08:00';

/** Numbers of mainland China come without their country code. */
const recipientOf = (digits: string) => withPlus(/^1[3-9]\d{9}$/.test(digits) ? `86${digits}` : digits);
