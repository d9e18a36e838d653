import { createHmac } from 'node:crypto';
import {
  amountOf,
  type DeliveryReport,
  jsonOf,
  type ReportContext,
  type ReportRequest,
  type Reports,
  shapedAs,
} from '@sesame/connector-kit';
import { forged, isSameText } from '@sesame/connector-kit/report-signature';
import { z } from 'zod';
import type { configGuard } from './config.ts';

type HttpSmsConfig = z.output<typeof configGuard>;

/** Reads the reports of the administrator's own endpoint; the README documents them. */
export const reports: Reports<HttpSmsConfig> = {
  addressIs: 'sent',
  read(request: ReportRequest, { config, now }: ReportContext<HttpSmsConfig>) {
    if (config.reportKey) checkSignature(request, config.reportKey, now());
    const json = jsonOf(request);
    return { reports: shapedAs(bodyGuard, Array.isArray(json) ? json : [json]).map(reportOf) };
  },
};

const maxReports = 500;

const reportGuard = z.strictObject({
  state: z.enum(['sent', 'delivered', 'undelivered']),
  messageId: z.string().min(1).optional(),
  id: z
    .union([z.string().min(1), z.number()])
    .transform(String)
    .optional(),
  kind: z.enum(['recipient', 'limit', 'configuration', 'unclear']).optional(),
  code: z.union([z.string(), z.number()]).transform(String).optional(),
  message: z.string().optional(),
  at: z.iso.datetime({ offset: true }).optional(),
  parts: z.int().positive().optional(),
  price: z
    .strictObject({
      amount: z.string().refine((amount) => amountOf(amount) !== undefined),
      currency: z.string().regex(/^[A-Z]{3}$/),
    })
    .optional(),
  network: z
    .string()
    .regex(/^\d{5,6}$/)
    .optional(),
});
const bodyGuard = z.array(reportGuard).max(maxReports);

function reportOf(report: z.output<typeof reportGuard>): DeliveryReport {
  const { state, messageId, id, kind, code, message, at, parts, price, network } = report;
  return {
    messageId,
    providerMessageId: id,
    state,
    kind,
    providerCode: code,
    providerMessage: message,
    at: at === undefined ? undefined : Date.parse(at),
    parts,
    price: price && { amount: amountOf(price.amount) ?? price.amount, currency: price.currency },
    network,
  };
}

const toleratedSeconds = 300;

/** HMAC-SHA-256 over the time, a dot and the body, as hexadecimal digits. */
function checkSignature({ headers, body }: ReportRequest, key: string, now: number): void {
  const { 'sesame-timestamp': timestamp = '', 'sesame-signature': signature = '' } = headers;
  const right = createHmac('sha256', key).update(`${timestamp}.`).update(body).digest('hex');
  if (!isSameText(right, signature.toLowerCase())) throw forged('Sesame-Signature is not that of the report key.');
  if (!/^\d+$/.test(timestamp) || Math.abs(Number(timestamp) - now / 1000) > toleratedSeconds)
    throw forged('Sesame-Timestamp is more than five minutes away.');
}
