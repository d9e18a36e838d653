import {
  countParts,
  maskEmailsIn,
  maskPhonesIn,
  noticeUsageType,
  noticeWords,
  type UsageType,
} from '@sesame/connector-kit';
import type { CompiledQuery } from 'kysely';
import type { ConnectorConfig } from '../connectors/connector-factory.ts';
import type { Connectors } from '../connectors/connectors.ts';
import type { ConnectorFactories } from '../connectors/factories.ts';
import { ApiError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import { refusalsOf } from '../refusals.ts';
import { insertMessage } from '../store/messages.ts';
import type { Store } from '../store/store.ts';
import type { Dispatch } from './dispatch.ts';
import type { EmailTemplates } from './email-templates.ts';
import type { Estimate } from './estimate.ts';
import type { InFlight } from './in-flight.ts';
import { newMessage } from './new-message.ts';
import { noticeTemplate } from './notice-template.ts';
import { ownTemplate } from './own-template.ts';
import type { Recipient } from './recipient.ts';
import { listOf } from './templates.ts';

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

type Deps = {
  store: Store;
  platform: Platform;
  connectors: Connectors;
  factories: ConnectorFactories;
  emailTemplates: EmailTemplates;
  /** Where the links of test messages lead, which bring no code. */
  linkOfTests: string;
  estimate: Estimate;
  dispatch: Dispatch;
  inFlight: InFlight;
};

/** Messages by which an administrator tries a configuration. */
export function createTestMessages(deps: Deps) {
  const { store, platform, connectors, factories, emailTemplates, linkOfTests, estimate, dispatch, inFlight } = deps;

  return {
    /** All that is wrong with a test message. */
    refusals: async (
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
    async send({ factoryId, config, recipient, usageType, locales, application, asked, still }: TestMessage) {
      const factory = factories.find(factoryId);
      if (!factory) throw new ApiError('connector.not_found_with_connector_id', { connectorId: factoryId });
      if (recipient.channel !== factory.type) throw new ApiError('connector.unexpected_type', { type: factory.type });
      checkRecipient(recipient);
      const complete = await connectors.completeConfig(factory, config);
      const startedAt = platform.now();
      const test = { recipient, usageType, locales, now: startedAt };
      const isNotice = usageType === noticeUsageType;
      const template = isNotice
        ? await noticeTemplate(emailTemplates, test, { factory, config: complete })
        : await ownTemplate(emailTemplates, test, complete.templates);
      const templates = template ? listOf(template) : complete.templates;
      const content = {
        ...{
          to: recipient.address,
          template,
          words: isNotice ? testNotice(recipient, locales) : { code: testCode },
          application,
        },
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
  };
}

function testNotice({ channel, address }: Recipient, locales: readonly string[]) {
  const { locale: _, ...said } = noticeWords(channel === 'Sms' ? 'phone-changed' : 'email-changed', 'user', locales);
  return { ...said, detail: maskPhonesIn(maskEmailsIn(address)) };
}

function checkRecipient({ refusal }: Recipient): void {
  if (refusal) throw new ApiError(refusal);
}
