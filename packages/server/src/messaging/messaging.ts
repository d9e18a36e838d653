import { setImmediate as nextTurn } from 'node:timers/promises';
import { countParts, type ParsedPhone, type SendResult, type UsageType, type Variables } from '@sesame/connector-kit';
import type { ConnectorConfig, ConnectorFactory } from '../connectors/connector-factory.ts';
import { apiErrorOf, failureOf } from '../connectors/connector-failure.ts';
import type { Connectors } from '../connectors/connectors.ts';
import type { ConnectorFactories } from '../connectors/factories.ts';
import { ApiError } from '../errors.ts';
import { newId, type Platform } from '../platform.ts';
import { insertMessage, type Settlement, settleMessage } from '../store/messages.ts';
import type { MessagesTable } from '../store/schema.ts';
import { beginSend, type Send } from '../store/sends.ts';
import type { Store } from '../store/store.ts';
import type { Observer } from './observer.ts';
import { withOriginBoundCodes } from './origin-bound.ts';

/** A code to send, and what to keep of it. */
export type SendCode = {
  phone: ParsedPhone;
  usageType: UsageType;
  locale: string | undefined;
  code: string;
  variables: Variables | undefined;
  lifetimeSeconds: number;
  now: number;
  keep: Send['code'];
  limits: Send['limits'];
  /** Binds the code to this host, where the text is ours. */
  boundTo: string | undefined;
  /** Nothing goes out, and the message is recorded as suppressed. */
  isSuppressed: boolean;
  /** Resolves as soon as the message is recorded, so that the time tells nothing of what becomes of it. */
  isDiscreet: boolean;
};

/** A test message: a configuration that need not be saved, and the fixed code. */
export type TestMessage = {
  factoryId: string;
  config: ConnectorConfig;
  phone: ParsedPhone;
  usageType: UsageType;
  locale: string | undefined;
};

/** Codes of test messages are always this one, so that nobody takes them for real. */
const testCode = '000000';
const testLifetimeSeconds = 600;
/** Together about a minute; after that housekeeping calls the message unclear. */
const maxSettleDelayMs = 32_000;
const maxIdLength = 200;

type Deps = {
  store: Store;
  platform: Platform;
  connectors: Connectors;
  factories: ConnectorFactories;
  observer: Observer;
};

/** Sends messages through the live connector and records what becomes of them. */
export function createMessaging({ store, platform, connectors, factories, observer }: Deps) {
  const inFlight = new Set<Promise<unknown>>();
  let isDraining = false;

  /** Keeps count of sends, so that a stop can wait for them. */
  function track<T>(sending: Promise<T>): Promise<T> {
    inFlight.add(sending);
    const done = () => inFlight.delete(sending);
    sending.then(done, done);
    return sending;
  }

  /** Hands a recorded message to the connector and records what becomes of it. */
  async function dispatch(
    factory: ConnectorFactory,
    config: ConnectorConfig,
    message: MessagesTable,
    { code, locale, variables, lifetimeSeconds }: Pick<SendCode, 'code' | 'locale' | 'variables' | 'lifetimeSeconds'>,
  ): Promise<SendResult> {
    const payload = { ...variables, code, ...(locale && { locale }) };
    const { id, recipient, usage_type } = message;
    const data = { to: recipient, type: usage_type, payload, messageId: id, lifetimeSeconds };
    let result: SendResult;
    try {
      result = await factory.sendMessage(data, config);
    } catch (error) {
      const failure = failureOf(error);
      const { retry: _, ...known } = failure.data;
      const state = failure.data.kind === 'unclear' ? 'unclear' : 'failed';
      await settle(message, { state, error: JSON.stringify({ code: `connector.${failure.code}`, ...known }) });
      throw apiErrorOf(failure);
    }
    const providerMessageId = printable(result.providerMessageId);
    await settle(message, { state: 'accepted', providerMessageId });
    return { ...result, providerMessageId };
  }

  /**
   * Records what became of a message. The message is out, or refused, even where this fails: the caller is told so, and
   * the record is tried again in the background.
   */
  async function settle(message: MessagesTable, settlement: Settlement): Promise<void> {
    observer.messageSettled(settlement.state, message.factory_id);
    const record = () => settleMessage(store, message.id, settlement, platform.now());
    await record().catch((error: unknown) => {
      observer.settlingFailed(message.id, error);
      track(settleLater(record));
    });
  }

  async function settleLater(record: () => Promise<void>): Promise<void> {
    for (let delayMs = 1_000; delayMs <= maxSettleDelayMs && !isDraining; delayMs *= 2) {
      await platform.sleep(delayMs);
      const isDone = await record().then(
        () => true,
        () => false,
      );
      if (isDone) return;
    }
  }

  return {
    /**
     * Records a message together with its code, then sends it.
     * @throws ApiError `request.message_rate_limited`, `connector.not_found`, `connector.*`
     */
    async send(send: SendCode): Promise<void> {
      const live = await connectors.live();
      const factory = live?.factory;
      const message = {
        ...newMessage(send, platform),
        factory_id: live?.row.factory_id ?? null,
        connector_id: live?.row.id ?? null,
        ...(send.isSuppressed && { state: 'suppressed' as const }),
        ...(!factory && { state: 'failed' as const, error: JSON.stringify({ code: 'connector.not_found' }) }),
      };
      const waitMs = await beginSend(store, { message, code: send.keep, limits: send.limits });
      if (waitMs > 0) {
        throw new ApiError('request.message_rate_limited', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
      }
      if (!live || !factory) throw new ApiError('connector.not_found');
      if (send.isSuppressed) return;
      const config = send.boundTo === undefined ? live.config : withOriginBoundCodes(live.config, send.boundTo);
      const sending = () => dispatch(factory, config, message, send);
      if (send.isDiscreet) track(nextTurn().then(sending)).catch(isRecorded);
      else await track(sending());
    },

    /** Sends a test message with a configuration that need not be saved. @throws ApiError `connector.*` */
    async test({ factoryId, config, phone, usageType, locale }: TestMessage) {
      const factory = factories.find(factoryId);
      if (!factory) throw new ApiError('connector.not_found_with_connector_id', { connectorId: factoryId });
      const complete = await connectors.completeConfig(factory, config);
      const startedAt = platform.now();
      const message = { ...newMessage({ phone, usageType, locale, now: startedAt }, platform), factory_id: factoryId };
      await insertMessage(store, message);
      const lifetimeSeconds = testLifetimeSeconds;
      const sending = dispatch(factory, complete, message, {
        code: testCode,
        locale,
        variables: undefined,
        lifetimeSeconds,
      });
      const result = await track(sending);
      return {
        messageId: message.id,
        providerMessageId: result.providerMessageId ?? null,
        text: result.text ?? null,
        segments: result.text ? countParts(result.text).parts : null,
        latencyMs: platform.now() - startedAt,
      };
    },

    /** Resolves when every send that has begun is settled. */
    async drain(): Promise<void> {
      isDraining = true;
      await Promise.allSettled(inFlight);
    },
  };
}
export type Messaging = ReturnType<typeof createMessaging>;

/** What `dispatch` throws is in the record of the message. */
const isRecorded = () => {};

function newMessage(
  { phone, usageType, locale, now }: Pick<SendCode, 'phone' | 'usageType' | 'locale' | 'now'>,
  platform: Platform,
): MessagesTable {
  return {
    id: newId(platform),
    recipient: phone.e164,
    country: phone.country ?? null,
    usage_type: usageType,
    locale: locale ?? null,
    factory_id: null,
    connector_id: null,
    state: 'sending',
    provider_message_id: null,
    error: null,
    created_at: now,
    updated_at: now,
    verified_at: null,
  };
}

/** An id as the provider gave it, without what a database or a terminal might not take. */
function printable(id: string | undefined): string | undefined {
  return id?.replace(/\p{Cc}/gu, '').slice(0, maxIdLength) || undefined;
}
