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

/** What of a configuration reports are read with. */
type Keyed = { reportKey?: string | undefined };

const maxReports = 500;

/**
 * How the reports of the administrator's own endpoint are read; the READMEs document them.
 * @param only what reports of one channel alone may say
 */
export function reportsWith(only: z.ZodRawShape) {
  const guard = z.array(z.strictObject({ ...common, ...only }) as unknown as z.ZodType<Said>).max(maxReports);
  return {
    addressIs: 'sent',
    read(request: ReportRequest, { config, now }: ReportContext<Keyed>) {
      if (config.reportKey) checkSignature(request, config.reportKey, now());
      const json = jsonOf(request);
      return { reports: shapedAs(guard, Array.isArray(json) ? json : [json]).map(reportOf) };
    },
  } satisfies Reports<Keyed>;
}

const common = {
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
  price: z
    .strictObject({
      amount: z.string().refine((amount) => amountOf(amount) !== undefined),
      currency: z.string().regex(/^[A-Z]{3}$/),
    })
    .optional(),
};
type Said = z.output<z.ZodObject<typeof common>> & Pick<DeliveryReport, 'parts' | 'network' | 'suppress'>;

/** Reads reports of SMS. */
export const reports = reportsWith({
  parts: z.int().positive().optional(),
  network: z
    .string()
    .regex(/^\d{5,6}$/)
    .optional(),
});

function reportOf({ id, code, message, at, price, ...said }: Said): DeliveryReport {
  return {
    ...said,
    providerMessageId: id,
    providerCode: code,
    providerMessage: message,
    at: at === undefined ? undefined : Date.parse(at),
    price: price && { amount: amountOf(price.amount) ?? price.amount, currency: price.currency },
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
