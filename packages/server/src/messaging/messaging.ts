import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Channel, chooseTemplateOnce, countParts, translationOf, type UsageType } from '@sesame/connector-kit';
import type { CompiledQuery } from 'kysely';
import type { ConnectorConfig } from '../connectors/connector-factory.ts';
import { apiErrorOf, mayBeOut } from '../connectors/connector-failure.ts';
import type { Connectors } from '../connectors/connectors.ts';
import type { ConnectorFactories } from '../connectors/factories.ts';
import { ApiError, type ErrorCode } from '../errors.ts';
import type { Platform } from '../platform.ts';
import { refusalsOf } from '../refusals.ts';
import { insertMessage } from '../store/messages.ts';
import {
  beginSend,
  giveBackSent,
  type Making,
  type NewCode,
  raiseLimit,
  type Send,
  type SendLimit,
  withdrawMessage,
} from '../store/sends.ts';
import { spend, takeBackSpent } from '../store/spendings.ts';
import type { Store } from '../store/store.ts';
import type { MessagesTable } from '../store/tables/messages.ts';
import { silentTelling, type Telling } from '../webhooks/telling.ts';
import { createDispatch, type MessageContent } from './dispatch.ts';
import type { EmailTemplates } from './email-templates.ts';
import { createEstimate, type PriceOf } from './estimate.ts';
import { createInFlight } from './in-flight.ts';
import { newMessage, type Wish } from './new-message.ts';
import type { Observer } from './observer.ts';
import { withOriginBoundCode, withOriginBoundCodes } from './origin-bound.ts';
import type { Recipient } from './recipient.ts';
import type { ReportAddresses } from './report-addresses.ts';
import { createSettle } from './settle.ts';
import { createSuppressions } from './suppressions.ts';
import { listOf, readTemplates } from './templates.ts';
import { rateLimited } from './told.ts';

/** A code to send, and what to keep of it. */
export type SendCode = Pick<MessageContent, 'application' | 'lifetimeSeconds'> & {
  /** The code, where the one that is there does not go out again. */
  code: string;
  /** Makes the link that brings a code to the page that asks for it, where there is one. */
  link?: ((code: string) => string) | undefined;
  /** The code that goes out, of the seed that is kept. */
  codeOf?: (seed: string) => string;
  recipient: Recipient;
  usageType: UsageType;
  /** The languages that the person wishes, the best first (BCP 47). */
  locales: readonly string[];
  now: number;
  keep: Omit<NewCode, 'making'> & { making?: Omit<Making, 'tellSeed'> };
  limits: Send['limits'];
  /** As in `Send`. */
  caps?: NonNullable<Send['caps']>;
  tellSpent?: Send['tellSpent'];
  /** A limit and caps that must not show: where one is full, the message is recorded but does not go out. */
  ceiling: SendLimit | undefined;
  hidden?: (Pick<Send, 'caps' | 'tellSpent'> & { tellFull: () => void }) | undefined;
  /** Told of a message that was counted and certainly did not go out, and why. */
  tellUnsent?: (error: ApiError) => Promise<void>;
  /** Binds the code to this host, where the text is ours. */
  boundTo: string | undefined;
  /** JSON of who asks and what was decided, to be kept with the message. */
  asked?: string | undefined;
  /** Nothing goes out, and the message is recorded as suppressed. */
  isSuppressed: boolean;
  /** Resolves as soon as the message is recorded, so that the time tells nothing of what becomes of it. */
  isDiscreet: boolean;
};

/** A test message: a configuration that need not be saved, and the fixed code. */
export type TestMessage = {
  factoryId: string;
  config: ConnectorConfig;
  recipient: Recipient;
  usageType: UsageType;
  /** As for a code. */
  locales: readonly string[];
  application: string;
  /** As for a code. */
  asked?: string;
  /** Statements that keep it from going out unless whoever asks still may. */
  still?: readonly CompiledQuery<unknown>[];
};

/** Codes of test messages are always this one, so that nobody takes them for real. */
const testCode = '000000';
const testLifetimeSeconds = 600;

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

  const takeBack = ({ cost }: MessagesTable, caps: Send['caps'] = []): Promise<void> =>
    takeBackSpent(store, { cost: cost ?? 0, caps }).catch(observer.guardFailed);

  const withdraw = (message: MessagesTable, { keep }: SendCode): Promise<void> =>
    withdrawMessage(store, message, keep.flow).catch((error: unknown) => observer.settlingFailed(message.id, error));

  /** What has not gone out has cost nothing, is none of what is sent in all, and nobody can type it in. */
  async function forgetUnsent(message: MessagesTable, send: SendCode, error: unknown) {
    if (!(error instanceof ApiError) || mayBeOut(error)) return;
    const { caps, hidden, tellUnsent, limits, ceiling, now } = send;
    const counted = [...limits, ...(ceiling ? [ceiling] : [])].filter(({ isOfSent }) => isOfSent);
    await Promise.all([
      takeBack(message, caps ?? hidden?.caps),
      giveBackSent(store, counted, now).catch(observer.guardFailed),
      withdraw(message, send),
      tellUnsent?.(error),
    ]);
  }

  /** @returns whether there is room for the message; else it is settled */
  async function isBelowCeiling(message: MessagesTable, send: SendCode): Promise<boolean> {
    const { ceiling, hidden, now } = send;
    const { id, cost } = message;
    const isFull = async (code: ErrorCode) => {
      settle(message, { state: 'suppressed', error: JSON.stringify({ code }) });
      await withdraw(message, send);
      return false;
    };
    const spent = await spend(store, { id, cost: cost ?? 0, caps: hidden?.caps ?? [] });
    if (!spent) {
      hidden?.tellFull();
      return isFull('request.sending_paused');
    }
    hidden?.tellSpent?.(spent);
    const hasRoom = ceiling === undefined || (await raiseLimit(store, ceiling, { id, now }));
    if (!hasRoom) await takeBack(message, hidden?.caps);
    return hasRoom || isFull('request.message_rate_limited');
  }

  /** Answers as the provider did when it said that there is no such mailbox. @throws ApiError `connector.general` */
  async function keepFromBouncing(message: MessagesTable, send: SendCode): Promise<void> {
    const refusal = await suppressions.refusalOf(message);
    if (!refusal) return;
    const { retry: _, ...known } = refusal.data;
    settle(message, { state: 'suppressed', error: JSON.stringify({ code: `connector.${refusal.code}`, ...known }) });
    const error = apiErrorOf(refusal);
    await forgetUnsent(message, send, error);
    throw error;
  }

  /** Names the connector that waits for its configuration, if that is what is missing. */
  async function noConnector(channel: Channel): Promise<ApiError> {
    const waiting = await connectors.unconfigured(channel);
    const { id, factory_id: connectorId } = waiting?.row ?? {};
    return new ApiError('connector.not_found', {
      type: channel,
      ...(waiting && { notConfigured: { id, connectorId } }),
    });
  }

  /**
   * What goes before the templates of the connector: the administrators' own for a mail, or one of ours that the connector
   * was left with, in the language of the person. Where there is neither, the connector chooses among its own.
   */
  async function ownTemplate({ recipient, usageType, locales }: Wish, templates: unknown) {
    if (recipient.channel !== 'Email') return undefined;
    const own = await emailTemplates.choose(usageType, locales);
    const left = own ? undefined : chooseTemplateOnce(readTemplates(templates), usageType, locales);
    return own ?? (left && translationOf(left, locales));
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
      const own = await ownTemplate(send, live?.config.templates);
      const factory = live?.factory;
      const config =
        live && boundTo !== undefined ? withOriginBoundCodes(live.config, boundTo, channel) : (live?.config ?? {});
      const template = own && boundTo !== undefined ? withOriginBoundCode(own, boundTo, channel) : own;
      const templates = template ? listOf(template) : config.templates;
      const recorded = newMessage(send, templates, platform);
      const { application, lifetimeSeconds, link } = send;
      const contentWith = (code: string): MessageContent => ({
        ...{ to: recipient.address, template, code, application, lifetimeSeconds },
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

    /** All that is wrong with a test message. */
    testRefusals: async (
      factoryId: string,
      { config, recipient }: { [Name in 'config' | 'recipient']?: TestMessage[Name] | undefined },
    ) => [
      ...refusalsOf({
        [recipient?.channel === 'Email' ? 'email' : 'phone']: () => recipient && checkRecipient(recipient),
      }),
      ...(await connectors.refusals(factoryId, config)),
    ],

    /**
     * Sends a test message with a configuration that need not be saved.
     * @throws ApiError `connector.unexpected_type` where the connector does not reach such recipients, the refusal of the
     *   recipient, `connector.*`
     */
    async test({ factoryId, config, recipient, usageType, locales, application, asked, still }: TestMessage) {
      const factory = factories.find(factoryId);
      if (!factory) throw new ApiError('connector.not_found_with_connector_id', { connectorId: factoryId });
      if (recipient.channel !== factory.type) throw new ApiError('connector.unexpected_type', { type: factory.type });
      checkRecipient(recipient);
      const complete = await connectors.completeConfig(factory, config);
      const startedAt = platform.now();
      const test = { recipient, usageType, locales, now: startedAt };
      const template = await ownTemplate(test, complete.templates);
      const templates = template ? listOf(template) : complete.templates;
      const content = {
        ...{ to: recipient.address, template, code: testCode, application },
        lifetimeSeconds: testLifetimeSeconds,
        link: () => linkOfTests,
      };
      const recorded = newMessage(test, templates, platform);
      const cost = await estimate(recorded, factory, templates, content);
      const message = { ...recorded, ...cost, factory_id: factoryId, asked: asked ?? null };
      await insertMessage(store, message, still);
      const result = await inFlight.track(dispatch(factory, complete, message, content), 'records');
      return {
        messageId: message.id,
        providerMessageId: result.providerMessageId ?? null,
        text: result.text ?? null,
        headers: result.headers?.map(({ name, value }) => ({ name, value })) ?? null,
        segments: result.text && recipient.channel === 'Sms' ? countParts(result.text).parts : null,
        latencyMs: platform.now() - startedAt,
      };
    },

    /** Resolves when every send that has begun is settled. */
    drain: inFlight.drain,
    /** Resolves when every message that is to go out has begun to, or failed before. */
    drainPreparations: inFlight.drainPreparations,
    /** Resolves when no message is on its way to a provider. */
    drainSends: inFlight.drainSends,
  };
}
export type Messaging = ReturnType<typeof createMessaging>;

function checkRecipient({ refusal }: Recipient): void {
  if (refusal) throw new ApiError(refusal);
}

/** What `dispatch` throws is in the record of the message. */
const isRecorded = () => {};
