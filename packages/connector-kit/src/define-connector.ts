import type { Afterwards } from './afterwards.ts';
import type { Channel } from './channel.ts';
import type {
  ConfigGuard,
  ConnectorMetadata,
  CreateConnector,
  MailDelivery,
  Message,
  SendResult,
} from './connector.ts';
import { ConnectorError } from './connector-error.ts';
import { parseEmail } from './email.ts';
import chinese from './kit-sentences.zh-CN.json' with { type: 'json' };
import { renderMail } from './mail.ts';
import { providerTimeoutMs } from './provider-request.ts';
import { isWithinReach, type Reports } from './reports.ts';
import {
  chooseTemplateOnce,
  noticeUsageType,
  renderTemplate,
  type Template,
  type UsageType,
  type Variables,
} from './template.ts';

/** What `send` may use beside the message: the checked configuration and the ways to the outside. */
export type SendContext<Config> = {
  config: Config;
  fetch: typeof fetch;
  now: () => number;
  randomUUID: () => string;
  timeoutMs: number;
};

/** A connector as its author writes it: `send` gets a message that is ready to go, and only sends it. */
export type ConnectorDefinition<Config, T extends Template> = {
  /** The channel of its messages; `Sms` unless told. */
  type?: Channel;
  metadata: ConnectorMetadata;
  configGuard: ConfigGuard<Config>;
  /** Variables that `send` fills itself, beside those that come with the message. */
  variables?: readonly string[];
  /** Templates to use when the configuration has none. */
  defaultTemplates?: readonly T[];
  /** How its mails prove whom they are from, where that is the same for everybody. */
  delivery?: MailDelivery;
  send: (message: Message<T>, context: SendContext<Config>) => Promise<SendResult>;
  /** How the provider tells what became of messages. */
  reports?: Reports<Config>;
  /** What is asked and told the provider later: the functions that the configuration wishes. */
  afterwards?: (context: SendContext<Config>) => Afterwards;
  /** Ends the connections that `send` keeps. */
  close?: () => void;
};

const defaultLifetimeSeconds = 600;
const maxAttempts = 3;
const firstRetryDelayMs = 250;
/** A person waits for the code: a provider that asks for more than this gets no second attempt now. */
const maxRetryDelayMs = 2_000;

/**
 * Makes a connector's module out of its definition: checks the configuration, chooses and renders the template, sends,
 * and sends again when the provider provably did not process the request, unless it asks for a wait of more than two
 * seconds.
 * @throws ConnectorError `invalid_config` with the fields at fault, `template_not_found`, or what `send` throws
 */
export function defineConnector<Config extends { templates?: readonly T[] | undefined }, T extends Template>(
  definition: ConnectorDefinition<Config, T>,
): CreateConnector {
  const { type = 'Sms', configGuard, variables = [], defaultTemplates = [] } = definition;
  const { delivery, send, reports, afterwards, close } = definition;
  const checked = parseOnce(configGuard);
  const metadata = withKitSentences(definition.metadata);
  return async ({ getConfig, ...given }) => {
    const contextOf = <Of extends Partial<Config>>(config: Of): SendContext<Of> => ({
      config,
      fetch: given.fetch ?? fetch,
      now: given.now ?? Date.now,
      randomUUID: given.randomUUID ?? (() => crypto.randomUUID()),
      timeoutMs: given.timeoutMs ?? providerTimeoutMs,
    });
    return {
      metadata,
      type,
      configGuard,
      variables,
      ...(close && { close }),
      ...(reports && {
        reports: {
          addressIs: reports.addressIs,
          read: async (request, config) => reports.read(request, contextOf((config ?? {}) as Partial<Config>)),
        },
      }),
      ...(afterwards && { afterwards: (config) => afterwards(contextOf(checked(config))) }),
      ...(delivery && { delivery }),
      defaultTemplates,
      templatesOf(config) {
        const read = configGuard.safeParse(config);
        return read.success ? read.data.templates : undefined;
      },
      async sendMessage(
        { to, type: usageType, payload, messageId, lifetimeSeconds, template: own, reportUrl },
        inputConfig,
      ) {
        const config = checked(inputConfig ?? (await getConfig(metadata.id)));
        const template =
          (own as T | undefined) ?? chooseTemplateOnce(config.templates ?? defaultTemplates, usageType, payload.locale);
        if (!template) {
          throw new ConnectorError({ kind: 'configuration', message: noTemplate(usageType) }, 'template_not_found');
        }
        const context = contextOf(config);
        const message: Message<T> = {
          ...readyFor[type](to, template, payload),
          usageType,
          template,
          variables: payload,
          messageId: messageId ?? context.randomUUID(),
          lifetimeSeconds: lifetimeSeconds ?? defaultLifetimeSeconds,
          reportUrl:
            reportUrl !== undefined && isWithinReach(reportUrl, config as { endpoint?: unknown })
              ? reportUrl
              : undefined,
        };
        return withRetries(() => send(message, context), given.sleep ?? wait);
      },
    };
  };
}

const noTemplate = (usageType: UsageType) =>
  `There is no template for ${usageType}${usageType === noticeUsageType ? '' : ' and none for Generic'}.`;

/** The kit's own sentences beside those of the connector, in each language that it speaks. */
function withKitSentences(metadata: ConnectorMetadata): ConnectorMetadata {
  const { translations } = metadata;
  const own = translations?.['zh-CN'];
  if (!own) return metadata;
  const sentences = { ...chinese, ...own.sentences };
  return { ...metadata, translations: { ...translations, 'zh-CN': { ...own, sentences } } };
}

/** What of a message the type of the connector decides: how the recipient is spelled, and what is rendered. */
const readyFor: Record<
  Channel,
  (to: string, template: Template, variables: Variables) => Pick<Message, 'to' | 'text' | 'mail'>
> = {
  Sms: (to, { content = '' }, variables) => ({
    to: to.startsWith('+') ? to : `+${to}`,
    text: renderTemplate(content, variables),
  }),
  Email: (to, template, variables) => {
    const mail = renderMail(template, variables);
    return { to: addressOf(to), text: mail.text, mail };
  },
};

function addressOf(to: string): string {
  const parsed = parseEmail(to);
  if (parsed) return parsed.address;
  throw new ConnectorError({ kind: 'recipient', message: 'This is no email address that can be sent to.' });
}

/** Checks each configuration once: it stays the same for many messages. @throws ConnectorError `invalid_config` */
function parseOnce<Config>(guard: ConfigGuard<Config>) {
  const known = new WeakMap<object, Config>();
  return (input: unknown): Config => {
    const isObject = typeof input === 'object' && input !== null;
    const config = (isObject && known.get(input)) || parseConfig(guard, input);
    if (isObject) known.set(input, config);
    return config;
  };
}

/** Checks a configuration. @throws ConnectorError `invalid_config` naming each field at fault, never its value */
export function parseConfig<Config>(guard: ConfigGuard<Config>, input: unknown): Config {
  const result = guard.safeParse(input);
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
  throw new ConnectorError({
    kind: 'configuration',
    message: `The connector's configuration is incomplete: ${issues
      .map(({ path, message }) => (path ? `${path}: ${message}` : message))
      .join('; ')}`,
    issues,
  });
}

async function withRetries<T>(run: () => Promise<T>, sleep: (milliseconds: number) => Promise<void>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      const delayMs = error instanceof ConnectorError ? retryDelayMs(error, attempt) : undefined;
      if (delayMs === undefined) throw error;
      await sleep(delayMs);
    }
  }
}

/** How long to wait before the next attempt: what the provider asks for, else longer each time. */
function retryDelayMs({ data: { retry, retryAfterSeconds } }: ConnectorError, attempt: number): number | undefined {
  if (!retry || attempt === maxAttempts) return undefined;
  if (retryAfterSeconds === undefined) return firstRetryDelayMs * 2 ** (attempt - 1);
  return retryAfterSeconds * 1000 <= maxRetryDelayMs ? retryAfterSeconds * 1000 : undefined;
}

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
