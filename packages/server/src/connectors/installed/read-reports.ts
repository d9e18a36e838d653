import {
  amountOf,
  ConnectorError,
  type DeliveryReport,
  type ReadReports,
  ReportRefusal,
  type ReportRequest,
} from '@sesame/connector-kit';
import { z } from 'zod';
import { isReportRefusal, type ReportsCall, type ReportsRead } from './thread/protocol.ts';

const words = (longest: number) =>
  z
    .string()
    .transform((text) => text.slice(0, longest))
    .optional()
    .catch(undefined);

/** What is passed over rather than refused: a report counts by its state. */
const reportGuard = z.object({
  state: z.enum(['sent', 'delivered', 'undelivered']),
  messageId: words(200),
  providerMessageId: words(200),
  recipient: z
    .union([z.string().regex(/^\+\d{4,15}$/), z.string().max(254).includes('@')])
    .optional()
    .catch(undefined),
  kind: z.enum(['recipient', 'limit', 'configuration', 'unclear']).optional().catch(undefined),
  meaning: words(500),
  providerCode: words(200),
  providerMessage: words(500),
  suppress: z.boolean().optional().catch(undefined),
  at: z.int().optional().catch(undefined),
  parts: z.int().positive().optional().catch(undefined),
  price: z
    .object({ amount: z.string().refine((amount) => amountOf(amount) !== undefined), currency: z.string().length(3) })
    .optional()
    .catch(undefined),
  network: words(6),
});

const reportsGuard = z.array(reportGuard).max(500);

const readGuard = z.object({
  reports: reportsGuard,
  reply: z
    .object({
      contentType: z.string().regex(/^[\w.+-]+\/[\w.+-]+(?:; ?charset=[\w-]+)?$/),
      body: z.string().max(10_000),
    })
    .nullish()
    .catch(undefined),
});

/** A request as it crosses to the thread. */
export const inJson = ({ method, urls, headers, body }: ReportRequest): ReportsCall['request'] => ({
  ...{ method, urls, headers },
  body: body.toString('base64'),
});

/**
 * What an installed connector read of a request, in a shape that is known, without secrets in its words.
 * @throws ReportRefusal when it refused the request, or read nothing that can be used
 */
export function readReports(json: string, hide: (text: string) => string): ReadReports {
  const answer = JSON.parse(json) as ReportsRead;
  if ('refused' in answer) {
    throw new ReportRefusal(
      isReportRefusal(answer.refused) ? answer.refused : 'unreadable',
      hide(answer.message).slice(0, 500),
    );
  }
  const read = readGuard.safeParse(answer);
  if (!read.success) throw unreadable('What the connector read is no list of reports.');
  const { reports, reply } = read.data;
  return { reports: withoutSecrets(reports, hide), reply: reply ?? undefined };
}

/**
 * The reports that an installed connector got by asking, likewise.
 * @throws ConnectorError where they cannot be used
 */
export function readAskedFor(reports: unknown, hide: (text: string) => string): DeliveryReport[] {
  const read = reportsGuard.safeParse(reports);
  if (read.success) return withoutSecrets(read.data, hide);
  throw new ConnectorError({ kind: 'unclear', message: 'What the connector answered is no list of reports.' });
}

function withoutSecrets(reports: z.infer<typeof reportsGuard>, hide: (text: string) => string): DeliveryReport[] {
  const hidden = (text: string | undefined) => (text === undefined ? undefined : hide(text));
  return reports.map((report) => ({
    ...report,
    meaning: hidden(report.meaning),
    providerCode: hidden(report.providerCode),
    providerMessage: hidden(report.providerMessage),
  }));
}

/** The request cannot be read. */
export const unreadable = (message: string): ReportRefusal => new ReportRefusal('unreadable', message);
