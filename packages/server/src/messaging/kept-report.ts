import { hash } from 'node:crypto';
import { amountOf, type DeliveryReport, maskEmailsIn, saidNoMore } from '@sesame/connector-kit';
import type { ReportedFacts } from '../store/applied-reports.ts';
import type { ReportedMessage } from '../store/message-reports.ts';
import type { MessageReportsTable } from '../store/tables/messages.ts';
import { keyed, readRecipient } from './recipient.ts';

const maxCodeLength = 64;
const maxWordsLength = 500;
/** A text of several SMS has their number in one byte (3GPP TS 23.040). What is more could not be reckoned with. */
const mostParts = 255;
/** Of any currency: figures add up what messages cost. */
const highestPrice = 1_000_000;
/** The last time of a `Date`. */
const lastMs = 8.64e15;

/**
 * A report with words that a database and a terminal take.
 * @param messageId the message that the address names, so that a provider that says nothing of it need not
 */
export const cleanReport = (report: DeliveryReport, messageId?: string): DeliveryReport => ({
  ...report,
  messageId: printable(report.messageId ?? messageId, maxWordsLength),
  recipient: keyOf(printable(report.recipient, maxWordsLength)),
  providerMessageId: printable(report.providerMessageId, maxWordsLength),
  providerCode: printable(report.providerCode, maxCodeLength),
  // Mail servers name the address that they refuse.
  providerMessage: maskedIn(printable(report.providerMessage, maxWordsLength)),
  meaning: report.meaning?.toWellFormed(),
});

const maskedIn = (words: string | undefined) => words && maskEmailsIn(words);

/** A recipient as messages have it; what is none fits no message. */
const keyOf = (recipient: string | undefined) => recipient && (readRecipient(recipient)?.key ?? recipient);

/** A report as it is kept, and what it says of its message. */
export function keptReport(
  report: DeliveryReport,
  message: ReportedMessage,
  { connectorId, now }: { connectorId: string; now: number },
): { report: MessageReportsTable; facts: ReportedFacts } {
  const { state, at, parts, network, providerCode = null, providerMessage = null } = report;
  const price = priceIn(report);
  const row = {
    message_id: message.id,
    connector_id: connectorId,
    received_at: now,
    state,
    provider_code: providerCode,
    provider_message: providerMessage,
    provider_at: at !== undefined && Number.isSafeInteger(at) && Math.abs(at) <= lastMs ? at : null,
  };
  const said = [state, providerCode, providerMessage, row.provider_at, parts, price, network];
  const suppresses = report.suppress === true && keyed(message.recipient).channel === 'Email';
  return {
    report: { ...row, digest: hash('sha256', JSON.stringify(said), 'base64url') },
    facts: {
      error: state === 'undelivered' ? JSON.stringify(whyNotDelivered(report)) : null,
      suppression: suppresses ? JSON.stringify(whySuppressed(report)) : null,
      provider_message_id: report.providerMessageId ?? null,
      parts: parts !== undefined && Number.isSafeInteger(parts) && parts > 0 && parts <= mostParts ? parts : null,
      price: price?.amount ?? null,
      currency: price?.currency ?? null,
      network: network === undefined || !/^\d{5,6}$/.test(network) ? null : network,
    },
  };
}

const whyNotDelivered = ({ kind, meaning, providerCode, providerMessage }: DeliveryReport) => ({
  code: 'connector.undelivered',
  kind: kind ?? 'unclear',
  message: meaning ?? saidNoMore,
  providerCode,
  providerMessage,
});

const whySuppressed = ({ meaning, providerCode, providerMessage }: DeliveryReport) => ({
  kind: 'recipient',
  message: meaning ?? 'The provider reports that the address takes no mail.',
  providerCode,
  providerMessage,
});

/** What a report says of the price, where that is money: other figures could be neither added up nor shown. */
function priceIn({ price }: DeliveryReport): DeliveryReport['price'] {
  const [amount, currency] = [amountOf(price?.amount), price?.currency.trim().toUpperCase() ?? ''];
  const isMoney = amount !== undefined && Number(amount) <= highestPrice && /^[A-Z]{3}$/.test(currency);
  return isMoney ? { amount, currency } : undefined;
}

/** Words of a provider, without what a database or a terminal might not take. */
const printable = (words: string | undefined, maxLength: number): string | undefined =>
  words
    ?.replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, maxLength)
    .toWellFormed() || undefined;
