import type { Channel } from './channel.ts';
import type { ConfigGuard, ConnectorMetadata, CreateConnector, Message, SendResult } from './connector.ts';
import { ConnectorError } from './connector-error.ts';
import { providerTimeoutMs } from './provider-request.ts';
import { chooseTemplate, renderTemplate, type Template } from './template.ts';

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
  send: (message: Message<T>, context: SendContext<Config>) => Promise<SendResult>;
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
  const { type: channel = 'Sms', metadata, configGuard, variables = [], defaultTemplates = [], send } = definition;
  return async ({ getConfig, ...given }) => ({
    metadata,
    type: channel,
    configGuard,
    variables,
    async sendMessage({ to, type, payload, messageId, lifetimeSeconds }, inputConfig) {
      const config = parseConfig(configGuard, inputConfig ?? (await getConfig(metadata.id)));
      const template = chooseTemplate(config.templates ?? defaultTemplates, type, payload.locale);
      if (!template) {
        throw new ConnectorError(
          { kind: 'configuration', message: `There is no template for ${type} and none for Generic.` },
          'template_not_found',
        );
      }
      const context = {
        config,
        fetch: given.fetch ?? fetch,
        now: given.now ?? Date.now,
        randomUUID: given.randomUUID ?? (() => crypto.randomUUID()),
        timeoutMs: given.timeoutMs ?? providerTimeoutMs,
      };
      const message: Message<T> = {
        to: to.startsWith('+') ? to : `+${to}`,
        usageType: type,
        template,
        text: renderTemplate(template.content ?? '', payload),
        variables: payload,
        messageId: messageId ?? context.randomUUID(),
        lifetimeSeconds: lifetimeSeconds ?? defaultLifetimeSeconds,
      };
      return withRetries(() => send(message, context), given.sleep ?? wait);
    },
  });
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
