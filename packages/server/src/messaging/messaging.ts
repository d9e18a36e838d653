import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Channel } from '@sesame/connector-kit';
import type { Connectors } from '../connectors/connectors.ts';
import type { ConnectorFactories } from '../connectors/factories.ts';
import { ApiError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import { beginSend } from '../store/sends.ts';
import type { Store } from '../store/store.ts';
import { silentTelling, type Telling } from '../webhooks/telling.ts';
import { createDispatch, type MessageContent } from './dispatch.ts';
import type { EmailTemplates } from './email-templates.ts';
import { createEstimate, type PriceOf } from './estimate.ts';
import { createInFlight } from './in-flight.ts';
import { newMessage } from './new-message.ts';
import { createNoticeMessages } from './notice-messages.ts';
import type { Observer } from './observer.ts';
import { withOriginBoundCode, withOriginBoundCodes } from './origin-bound.ts';
import { ownTemplate } from './own-template.ts';
import type { ReportAddresses } from './report-addresses.ts';
import type { SendCode } from './send-code.ts';
import { createSettle } from './settle.ts';
import { createSuppressions } from './suppressions.ts';
import { listOf } from './templates.ts';
import { createTestMessages } from './test-messages.ts';
import { rateLimited } from './told.ts';
import { createUnsent } from './unsent.ts';

/**
 * A discreet message begins at some moment within a second of the answer: right after it, the work would slow down
 * whoever asks next, and so tell that there was a message.
 */
const maxDiscreetDelayMs = 1_000;

type Deps = {
  store: Store;
  platform: Platform;
  connectors: Connectors;
  factories: ConnectorFactories;
  emailTemplates: EmailTemplates;
  reportAddresses: ReportAddresses;
  /** Where the links of test messages lead, which bring no code. */
  linkOfTests: string;
  priceOf: PriceOf;
  events?: Telling;
  observer: Observer;
};

/** Sends messages through the live connector of their channel and records what becomes of them. */
export function createMessaging({
  store,
  platform,
  connectors,
  factories,
  emailTemplates,
  reportAddresses,
  linkOfTests,
  priceOf,
  events = silentTelling,
  observer,
}: Deps) {
  const inFlight = createInFlight();
  const estimate = createEstimate(priceOf);
  const settle = createSettle({ store, platform, observer, inFlight });
  const suppressions = createSuppressions({ store, platform });
  const dispatch = createDispatch({ inFlight, settle, suppressions, reportAddresses, now: platform.now });
  const { forgetUnsent, isBelowCeiling, keepFromBouncing } = createUnsent({ store, settle, suppressions, observer });
  const notify = createNoticeMessages({
    ...{ store, platform, connectors, emailTemplates, suppressions, estimate, dispatch, inFlight },
  });
  const tests = createTestMessages({
    ...{ store, platform, connectors, factories, emailTemplates, linkOfTests, estimate, dispatch, inFlight },
  });

  /** Names the connector that waits for its configuration, if that is what is missing. */
  async function noConnector(channel: Channel): Promise<ApiError> {
    const waiting = await connectors.unconfigured(channel);
    const { id, factory_id: connectorId } = waiting?.row ?? {};
    return new ApiError('connector.not_found', {
      type: channel,
      ...(waiting && { notConfigured: { id, connectorId } }),
    });
  }

  return {
    /** @throws ApiError `connector.not_found` where there is none for the channel */
    async requireConnector(channel: Channel): Promise<void> {
      if (!(await connectors.live(channel))?.factory) throw await noConnector(channel);
    },

    /**
     * Records a message together with its code, then sends it.
     * @returns `over-cap` where a cap had no room: then nothing was recorded
     * @throws ApiError `request.message_rate_limited`, `connector.not_found`, `connector.*`
     */
    async send(send: SendCode): Promise<'sent' | 'over-cap'> {
      const { boundTo, recipient } = send;
      const { channel } = recipient;
      const live = await connectors.live(channel);
      const own = await ownTemplate(emailTemplates, send, live?.config.templates);
      const factory = live?.factory;
      const config =
        live && boundTo !== undefined ? withOriginBoundCodes(live.config, boundTo, channel) : (live?.config ?? {});
      const template = own && boundTo !== undefined ? withOriginBoundCode(own, boundTo, channel) : own;
      const templates = template ? listOf(template) : config.templates;
      const recorded = newMessage(send, templates, platform);
      const { application, lifetimeSeconds, link } = send;
      const contentWith = (code: string): MessageContent => ({
        ...{ to: recipient.address, template, words: { code }, application, lifetimeSeconds },
        link: link && (() => link(code)),
      });
      const message = {
        ...recorded,
        ...(factory && (await estimate(recorded, factory, templates, contentWith(send.code)))),
        factory_id: live?.row.factory_id ?? null,
        connector_id: live?.row.id ?? null,
        asked: send.asked ?? null,
        ...(send.isSuppressed && { state: 'suppressed' as const }),
        ...(!factory && { state: 'failed' as const, error: JSON.stringify({ code: 'connector.not_found' }) }),
      };
      const { keep, limits, caps = [], tellSpent } = send;
      let sent = send.code;
      const tellSeed = (seed: string) => {
        if (seed !== keep.making?.seed) sent = send.codeOf?.(seed) ?? sent;
      };
      const code = { ...keep, making: keep.making && { ...keep.making, tellSeed } };
      let full = recipient.key;
      const tellFull = (key: string) => {
        full = key;
      };
      const waitMs = await beginSend(store, { message, code, limits, caps, tellSpent, tellFull });
      if (waitMs === 'over-cap') return waitMs;
      if (waitMs > 0) {
        const retryAfterSeconds = Math.ceil(waitMs / 1000);
        inFlight.track(
          events.now(rateLimited(send, { full, retryAfterSeconds })).catch(observer.deliveryFailed),
          'records',
        );
        throw new ApiError('request.message_rate_limited', { retryAfterSeconds });
      }
      if (!live || !factory) {
        const refusal = await noConnector(channel);
        // What must not show has not been counted yet.
        await forgetUnsent(message, { ...send, hidden: undefined, ceiling: undefined }, refusal);
        throw refusal;
      }
      if (send.isSuppressed) return 'sent';
      const prepare = async () => {
        if (!(await isBelowCeiling(message, send))) return false;
        await keepFromBouncing(message, send);
        return true;
      };
      const goOut = async (isReady: boolean) => {
        if (!isReady) return;
        const sending = dispatch(factory, config, message, contentWith(sent)).catch(async (error: unknown) => {
          await forgetUnsent(message, send, error);
          throw error;
        });
        await inFlight.track(sending, 'records');
      };
      if (send.isDiscreet) {
        const itsMoment = platform.sleep(platform.randomInt(maxDiscreetDelayMs)).then(nextTurn);
        inFlight.track(itsMoment.then(prepare), 'preparations').then(goOut).catch(isRecorded);
      } else await inFlight.track(prepare(), 'preparations').then(goOut);
      return 'sent';
    },

    notify,

    testRefusals: tests.refusals,
    test: tests.send,

    /** Resolves when every send that has begun is settled. */
    drain: inFlight.drain,
    /** Resolves when every message that is to go out has begun to, or failed before. */
    drainPreparations: inFlight.drainPreparations,
    /** Resolves when no message is on its way to a provider. */
    drainSends: inFlight.drainSends,
  };
}
export type Messaging = ReturnType<typeof createMessaging>;

/** What `dispatch` throws is in the record of the message. */
const isRecorded = () => {};
