import {
  type DeliveryReport,
  itemsShapedAs,
  jsonOf,
  type ReportRequest,
  type Reports,
  statusesMean,
  timeOf,
  withPlus,
} from '@sesame/connector-kit';
import { z } from 'zod';
import type { TencentConfig } from './config.ts';

/**
 * Reads the delivery receipts that Tencent Cloud pushes. It signs none: the secret in the address, the number and the
 * serial number of the message are what there is to go by.
 * @see https://www.tencentcloud.com/document/product/382/43547
 */
export const reports = {
  addressIs: 'entered',
  read: (request: ReportRequest) => ({
    reports: itemsShapedAs(receiptGuard, jsonOf(request)).flatMap(reportOf),
    reply: { contentType: 'application/json', body: '{"result":0,"errmsg":"OK"}' },
  }),
} satisfies Reports<TencentConfig>;

const receiptGuard = z.object({
  nationcode: z.coerce.string().regex(/^\+?\d{1,4}$/),
  mobile: z.coerce.string().regex(/^\d{4,15}$/),
  report_status: z.string(),
  sid: z.string().min(1),
  user_receive_time: z.string().nullish().catch(undefined),
  errmsg: z.string().nullish().catch(undefined),
  description: z.string().nullish().catch(undefined),
});

const stateOf = statusesMean({ SUCCESS: 'delivered', FAIL: 'undelivered' });

function reportOf(receipt: z.output<typeof receiptGuard>): DeliveryReport[] {
  const { nationcode, mobile, report_status, sid, user_receive_time, errmsg, description } = receipt;
  const state = stateOf(report_status);
  if (!state) return [];
  return [
    {
      recipient: `${withPlus(nationcode)}${mobile}`,
      providerMessageId: sid,
      state,
      providerCode: errmsg || undefined,
      providerMessage: description || undefined,
      at: timeOf(user_receive_time, chinaTime),
    },
  ];
}

const chinaTime = '+08:00';
