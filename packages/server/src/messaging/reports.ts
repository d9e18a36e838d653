import type { DeliveryReport, ReadReports, ReportRequest } from '@sesame/connector-kit';
import type { ConfiguredConnector } from '../connectors/configured-connector.ts';
import type { Connectors } from '../connectors/connectors.ts';
import type { ConnectorFactories } from '../connectors/factories.ts';
import { ApiError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import { type AppliedReport, applyReports, firstPrices, mayStepUp } from '../store/applied-reports.ts';
import {
  countUnreported,
  factoryOfReports,
  findReported,
  lastReportAt,
  type ReportedMessage,
} from '../store/message-reports.ts';
import { findMessage } from '../store/messages.ts';
import type { Store } from '../store/store.ts';
import { isUnavailable } from '../store/unavailable.ts';
import type { Telling } from '../webhooks/telling.ts';
import { gather } from './gather.ts';
import { cleanReport, keptReport } from './kept-report.ts';
import type { Observer } from './observer.ts';
import type { ReportAddresses } from './report-addresses.ts';
import { reported } from './told.ts';

type Deps = {
  store: Store;
  platform: Platform;
  connectors: Pick<Connectors, 'find'>;
  factories: ConnectorFactories;
  addresses: ReportAddresses;
  events: Telling;
  observer: Observer;
};

/** A report, and the connector that it came to. */
type Given = { connectorId: string; factoryId: string; report: DeliveryReport };

/**
 * Takes what providers report of messages. A report changes a message and its figures, and never a code, a limit or a
 * user; one of a mail may keep its recipient from further mail. Whoever forges one gains little.
 */
export function createReports({ store, platform, connectors, factories, addresses, events, observer }: Deps) {
  /**
   * The factory of a connector; of one whose configuration was deleted, the one that the message went through, or those
   * of which it had reports before.
   */
  async function sourceOf(connectorId: string, messageId: string | undefined) {
    const connector = await connectors.find(connectorId);
    if (connector) return { factory: connector.factory, config: connector.config };
    const message = messageId === undefined ? undefined : await findMessage(store, messageId);
    const isIts = message?.connector_id === connectorId;
    const factoryId = isIts ? message.factory_id : await factoryOfReports(store, connectorId);
    return { factory: factoryId ? factories.find(factoryId) : undefined, config: undefined };
  }

  /** Reads, matches and writes what came together in one transaction. */
  async function applyAll(given: readonly Given[]): Promise<void> {
    const now = platform.now();
    const messages = await findReported(
      store,
      given.map(({ connectorId, report }) => ({ connectorId, ...report })),
      now,
    );
    const applied = await Promise.all(
      given.flatMap(({ connectorId, report }, place) => {
        const message = messages[place];
        return message ? [withEvents(report, message, { connectorId, now })] : [];
      }),
    );
    const changed = applied.length > 0 ? await applyReports(store, applied) : new Set<AppliedReport>();
    for (const [place, { factoryId, report }] of given.entries()) {
      observer.reported(messages[place] ? report.state : 'unknown', factoryId);
    }
    for (const one of changed) if (one.report.state === 'delivered') observer.messageDelivered(arrivalOf(one));
    for (const { message, micros, currency } of firstPrices(applied)) {
      observer.smsPriced({ country: message.country, factoryId: message.factory_id, currency, cost: micros });
    }
  }

  async function withEvents(
    report: DeliveryReport,
    message: ReportedMessage,
    { connectorId, now }: { connectorId: string; now: number },
  ): Promise<AppliedReport> {
    const applied = { ...keptReport(report, message, { connectorId, now }), message };
    const told = mayStepUp(applied) ? reported({ report, message, receivedAt: now }) : undefined;
    return { ...applied, alongside: told ? await events.of(told) : [] };
  }

  const apply = gather(applyAll, isUnavailable);

  const takeAll = async (reports: readonly DeliveryReport[], source: Omit<Given, 'report'>, messageId?: string) => {
    await apply(reports.map((report) => ({ ...source, report: cleanReport(report, messageId) })));
  };

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
    takeAnswers: (connectorId: string, factoryId: string, answers: DeliveryReport[]): Promise<void> =>
      takeAll(answers, { connectorId, factoryId }),

    /** @throws ApiError `entity.not_found` for an address that was never given out */
    checkAddress(connectorId: string, secret: string): void {
      if (!addresses.isRight(connectorId, secret)) throw new ApiError('entity.not_found');
    },

    /**
     * Takes the reports of a request to an address that was given out.
     * @param messageId the message that the address names
     * @returns what the provider wants to hear
     * @throws ReportRefusal when the provider did not sign it, or it cannot be read
     */
    async take(
      connectorId: string,
      messageId: string | undefined,
      request: ReportRequest,
    ): Promise<ReadReports['reply']> {
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
      await takeAll(reports, { connectorId, factoryId }, messageId);
      return reply;
    },
  };
}
export type DeliveryReports = ReturnType<typeof createReports>;

/** When a message arrived by the provider's clock, unless that cannot be. */
function arrivalOf({ report, facts, message }: AppliedReport) {
  const { country, factory_id: factoryId, created_at: sentAt } = message;
  const { provider_at: at, received_at: heardAt } = report;
  const deliveredAt = at !== null && at >= sentAt && at <= heardAt ? at : heardAt;
  return { country, factoryId, network: message.network ?? facts.network, tookMs: deliveredAt - sentAt };
}
