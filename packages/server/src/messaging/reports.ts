import { createHash } from 'node:crypto';
import { amountOf, type DeliveryReport, type ReadReports, type ReportRequest } from '@sesame/connector-kit';
import type { ConfiguredConnector } from '../connectors/configured-connector.ts';
import type { Connectors } from '../connectors/connectors.ts';
import type { ConnectorFactories } from '../connectors/factories.ts';
import { ApiError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import { applyReport, countUnreported, findReported, lastReportAt } from '../store/message-reports.ts';
import { findMessage } from '../store/messages.ts';
import type { Store } from '../store/store.ts';
import type { Telling } from '../webhooks/telling.ts';
import type { Observer } from './observer.ts';
import type { ReportAddresses } from './report-addresses.ts';
import { reported } from './told.ts';

type Deps = {
  store: Store;
  platform: Platform;
  connectors: Pick<Connectors, 'live' | 'find'>;
  factories: ConnectorFactories;
  addresses: ReportAddresses;
  events: Telling;
  observer: Observer;
};

/** More than any provider puts into one request. */
const maxReports = 500;
const maxCodeLength = 64;
const maxWordsLength = 500;

/**
 * Takes what providers report of messages. A report changes a message and its figures, and never a code, a limit or a
 * user: whoever forges one gains little.
 */
export function createReports({ store, platform, connectors, factories, addresses, events, observer }: Deps) {
  /** The factory of a connector; of one whose configuration was deleted, the one that the message went through. */
  async function sourceOf(connectorId: string, messageId: string | undefined) {
    const live = await connectors.live('Sms');
    const connector = live?.row.id === connectorId ? live : await connectors.find(connectorId);
    if (connector) return { factory: connector.factory, config: connector.config };
    const message = messageId === undefined ? undefined : await findMessage(store, messageId);
    const factoryId = message?.connector_id === connectorId ? message.factory_id : null;
    return { factory: factoryId === null ? undefined : factories.find(factoryId), config: undefined };
  }

  async function apply(connectorId: string, factoryId: string, report: DeliveryReport): Promise<void> {
    const message = await findReported(store, connectorId, report);
    observer.reported(message ? report.state : 'unknown', factoryId);
    if (!message) return;
    const { state, providerMessageId, at, parts, network } = report;
    const price = priceIn(report);
    const providerCode = printable(report.providerCode, maxCodeLength);
    const providerMessage = printable(report.providerMessage, maxWordsLength);
    const row = {
      message_id: message.id,
      connector_id: connectorId,
      received_at: platform.now(),
      state,
      provider_code: providerCode ?? null,
      provider_message: providerMessage ?? null,
      provider_at: at !== undefined && Number.isSafeInteger(at) ? at : null,
    };
    const told = reported({
      report: { ...report, providerCode, providerMessage },
      message,
      receivedAt: row.received_at,
    });
    const said = [state, row.provider_code, row.provider_message, row.provider_at, parts, price, network];
    const facts = {
      error:
        state === 'undelivered'
          ? JSON.stringify({
              code: 'connector.undelivered',
              kind: report.kind ?? 'unclear',
              message: report.meaning ?? 'The provider reports that the message did not arrive.',
              providerCode,
              providerMessage,
            })
          : null,
      providerMessageId: printable(providerMessageId, maxWordsLength) ?? null,
      parts: parts !== undefined && Number.isSafeInteger(parts) && parts > 0 ? parts : null,
      price: price?.amount ?? null,
      currency: price?.currency ?? null,
      network: network === undefined || !/^\d{5,6}$/.test(network) ? null : network,
    };
    const isChanged = await applyReport(
      store,
      message,
      { report: { ...row, digest: createHash('sha256').update(JSON.stringify(said)).digest('base64url') }, facts },
      told ? await events.of(told) : [],
    );
    if (!isChanged || state !== 'delivered') return;
    const { country, created_at: sentAt } = message;
    const deliveredAt =
      row.provider_at !== null && row.provider_at >= sentAt && row.provider_at <= row.received_at
        ? row.provider_at
        : row.received_at;
    observer.messageDelivered({
      ...{ country, factoryId, network: message.network ?? facts.network, tookMs: deliveredAt - sentAt },
    });
  }

  return {
    /** How a connector hears what became of its messages, and whether it does. */
    async describe({ row, state, factory }: ConfiguredConnector) {
      if (!factory?.reports || state === 'not-configured') return { reportUrl: null, reports: null };
      const lastAt = (await lastReportAt(store, row.id)) ?? null;
      const unreported = await countUnreported(store, row.id, lastAt ?? 0);
      const { addressIs } = factory.reports;
      return { reportUrl: addresses.ofConnector(row.id), reports: { addressIs, lastAt, unreported } };
    },

    /** Takes what a provider answered that was asked. */
    async takeAnswers(connectorId: string, factoryId: string, answers: DeliveryReport[]): Promise<void> {
      await Promise.all(answers.slice(0, maxReports).map((report) => apply(connectorId, factoryId, report)));
    },

    /**
     * Takes the reports of a request.
     * @param messageId the message that the address names
     * @returns what the provider wants to hear
     * @throws ReportRefusal when the provider did not sign it, or it cannot be read
     * @throws ApiError `entity.not_found` for an address that was never given out
     */
    async take(
      connectorId: string,
      secret: string,
      messageId: string | undefined,
      request: ReportRequest,
    ): Promise<ReadReports['reply']> {
      if (!addresses.isRight(connectorId, secret)) throw new ApiError('entity.not_found');
      const { factory, config } = await sourceOf(connectorId, messageId);
      if (!factory?.reports) {
        observer.reported('unknown', factory?.metadata.id ?? null);
        return undefined;
      }
      const factoryId = factory.metadata.id;
      const { reports, reply } = await factory.reports.read(request, config).catch((refusal: unknown) => {
        observer.reported('refused', factoryId);
        throw refusal;
      });
      // The address names one message, so that a provider that says nothing of it need not.
      const named = reports
        .slice(0, maxReports)
        .map((report) => ({ ...report, messageId: report.messageId ?? messageId }));
      await Promise.all(named.map((report) => apply(connectorId, factoryId, report)));
      return reply;
    },
  };
}
export type DeliveryReports = ReturnType<typeof createReports>;

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
    .slice(0, maxLength) || undefined;
