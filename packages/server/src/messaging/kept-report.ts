import { hash } from 'node:crypto';
import { amountOf, type DeliveryReport } from '@sesame/connector-kit';
import type { ReportedFacts } from '../store/applied-reports.ts';
import type { MessageReportsTable } from '../store/tables/messages.ts';

const maxCodeLength = 64;
const maxWordsLength = 500;

/**
 * A report with words that a database and a terminal take.
 * @param messageId the message that the address names, so that a provider that says nothing of it need not
 */
export const cleanReport = (report: DeliveryReport, messageId?: string): DeliveryReport => ({
  ...report,
  messageId: printable(report.messageId ?? messageId, maxWordsLength),
  recipient: printable(report.recipient, maxWordsLength) as DeliveryReport['recipient'],
  providerMessageId: printable(report.providerMessageId, maxWordsLength),
  providerCode: printable(report.providerCode, maxCodeLength),
  providerMessage: printable(report.providerMessage, maxWordsLength),
  meaning: report.meaning?.toWellFormed(),
});

/** A report as it is kept, and what it says of its message. */
export function keptReport(
  report: DeliveryReport,
  { messageId, connectorId, now }: { messageId: string; connectorId: string; now: number },
): { report: MessageReportsTable; facts: ReportedFacts } {
  const { state, at, parts, network, providerCode = null, providerMessage = null } = report;
  const price = priceIn(report);
  const row = {
    message_id: messageId,
    connector_id: connectorId,
    received_at: now,
    state,
    provider_code: providerCode,
    provider_message: providerMessage,
    provider_at: at !== undefined && Number.isSafeInteger(at) ? at : null,
  };
  const said = [state, providerCode, providerMessage, row.provider_at, parts, price, network];
  return {
    report: { ...row, digest: hash('sha256', JSON.stringify(said), 'base64url') },
    facts: {
      error: state === 'undelivered' ? JSON.stringify(whyNotDelivered(report)) : null,
      provider_message_id: report.providerMessageId ?? null,
      parts: parts !== undefined && Number.isSafeInteger(parts) && parts > 0 ? parts : null,
      price: price?.amount ?? null,
      currency: price?.currency ?? null,
      network: network === undefined || !/^\d{5,6}$/.test(network) ? null : network,
    },
  };
}

const whyNotDelivered = ({ kind, meaning, providerCode, providerMessage }: DeliveryReport) => ({
  code: 'connector.undelivered',
  kind: kind ?? 'unclear',
  message: meaning ?? 'The provider reports that the message did not arrive.',
  providerCode,
  providerMessage,
});

/** What a report says of the price, where that is money: other figures could be neither added up nor shown. */
function priceIn({ price }: DeliveryReport): DeliveryReport['price'] {
  const [amount, currency] = [amountOf(price?.amount), price?.currency.trim().toUpperCase() ?? ''];
  return amount === undefined || !/^[A-Z]{3}$/.test(currency) ? undefined : { amount, currency };
}

/** Words of a provider, without what a database or a terminal might not take. */
const printable = (words: string | undefined, maxLength: number): string | undefined =>
  words
    ?.replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, maxLength)
    .toWellFormed() || undefined;
