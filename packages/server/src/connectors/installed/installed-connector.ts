import {
  ConnectorError,
  channels,
  isChannel,
  ReportRefusal,
  requiredUsageTypes,
  type SendResult,
  type Variables,
} from '@sesame/connector-kit';
import type { ConnectorConfig, ConnectorFactory } from '../connector-factory.ts';
import { readAfterwards } from './afterwards.ts';
import { isHarmless } from './confidential.ts';
import { type ConnectorThread, NoAnswer, ThrownInThread } from './connector-thread.ts';
import { failureOfThrown } from './failure-of-thrown.ts';
import { hiding, type MemoryOfSecrets, textsIn } from './hide-secrets.ts';
import { asLogtoSends, logtoTemplateOf } from './logto-message.ts';
import { readMetadata } from './metadata.ts';
import type { ConnectorPackage } from './packages.ts';
import { inJson, readReports, unreadable } from './read-reports.ts';
import { RefusedConnector } from './refused-connector.ts';
import type { ConfigIssue, Loaded, Sent } from './thread/protocol.ts';

const maxIdLength = 200;
const maxTextLength = 2_000;
const maxMetadataLength = 512 * 1024;

/** Takes what a connector does that no connector should: its error, or that it gave no answer, and where it was. */
type OnFault = (error: string, frames: string[]) => void;

/**
 * Loads an installed connector in its thread and makes a factory of it. Whatever the connector does, the factory's
 * functions reject with nothing but a ConnectorError. @throws RefusedConnector
 */
export async function createInstalledConnector(
  from: ConnectorPackage,
  thread: ConnectorThread,
  memory: MemoryOfSecrets,
  onFault: OnFault,
): Promise<ConnectorFactory> {
  const { type, metadata: said, lacks, addressIs, hasAfterwards } = await load(thread);
  if (!isChannel(type)) throw new RefusedConnector(whyNoChannel(type));
  if (lacks.length > 0) throw new RefusedConnector(`It has no ${lacks.join(' and no ')}.`);
  const metadata = await readMetadata(said, from);
  const factory: ConnectorFactory = {
    metadata,
    type,
    origin: { origin: 'installed', package: { name: from.name, version: from.version } },
    async checkConfig(config) {
      const { hide } = use(config);
      const issues = [...(await askForIssues(thread, config, onFault)), ...missingTemplates(config)];
      if (issues.length === 0) return;
      throw incomplete(issues.map(({ path, message }) => ({ path: hide(path), message: hide(message) })));
    },
    async sendMessage(data, config) {
      const { hide, hideAllButCode } = use(config, data.payload);
      const message = from.dialect === 'logto' ? asLogtoSends(data, config) : data;
      const json = await thread
        .call('send', { data: message, config, template: logtoTemplateOf(data) })
        .catch((error: unknown) => {
          throw failureOfCall(error, hide, onFault, '; the message may or may not have been sent');
        });
      return resultOf(JSON.parse(json) as Sent, hideAllButCode);
    },
    ...(addressIs !== undefined && {
      reports: {
        addressIs: addressIs === 'entered' ? 'entered' : 'sent',
        async read(request, config) {
          const { hide } = use((config ?? {}) as ConnectorConfig);
          try {
            return readReports(await thread.call('reports', { request: inJson(request), config }), hide);
          } catch (error) {
            if (!(error instanceof ReportRefusal)) report(error, onFault);
            throw error instanceof ReportRefusal ? error : unreadable('The connector could not read it.');
          }
        },
      },
    }),
    ...(hasAfterwards && {
      afterwards(config) {
        const { hide } = use(config);
        return readAfterwards(
          (call) =>
            thread.call('afterwards', { ...call, config }).catch((error: unknown) => {
              throw failureOfCall(error, hide, onFault);
            }),
          hide,
        );
      },
    }),
  };

  /** The link beside a code brings it along. */
  function use(config: ConnectorConfig, { code = '', link }: Variables & { code?: string } = {}) {
    const secrets = secretsOf(factory, config);
    const said = [code, ...textsIn(link)];
    memory.learn([...secrets, ...said]);
    return { hide: hiding([...secrets, ...said]), hideAllButCode: hiding(secrets) };
  }
  return factory;
}

async function load(thread: ConnectorThread): Promise<Loaded> {
  try {
    const json = await thread.call('load');
    if (json.length <= maxMetadataLength) return JSON.parse(json) as Loaded;
  } catch (error) {
    if (error instanceof NoAnswer) throw new RefusedConnector(`${error.message} while it was loaded.`);
    if (!(error instanceof ThrownInThread)) throw error;
    const { name, message } = error.thrown;
    const words = message.replace(/\p{Cc}+/gu, ' ').slice(0, 500);
    throw new RefusedConnector(`It failed while it was loaded: ${name.slice(0, 100)}${words && `: ${words}`}`);
  }
  throw new RefusedConnector('Its metadata is larger than 512 kB.');
}

function whyNoChannel(type: unknown): string {
  if (typeof type !== 'string' || !/^\w{1,20}$/.test(type)) return 'What its module makes is no connector.';
  return `It is a connector for ${type}; Sesame takes connectors of type ${channels.join(' and ')}.`;
}

async function askForIssues(
  thread: ConnectorThread,
  config: ConnectorConfig,
  onFault: OnFault,
): Promise<ConfigIssue[]> {
  try {
    return JSON.parse(await thread.call('check', config)) as ConfigIssue[];
  } catch (error) {
    report(error, onFault);
    const why = error instanceof NoAnswer ? error.message : 'The connector failed';
    return [{ path: '', message: `${why} while it checked the configuration.` }];
  }
}

/** The rule for every connector: a list of templates covers the four usage types. */
function missingTemplates({ templates }: ConnectorConfig): ConfigIssue[] {
  if (!Array.isArray(templates)) return [];
  const missing = requiredUsageTypes.filter((type) => !templates.some((template) => template?.usageType === type));
  return missing.length > 0 ? [{ path: 'templates', message: `Add a template for ${missing.join(', ')}.` }] : [];
}

function incomplete(issues: ConfigIssue[]): ConnectorError {
  const sentences = issues.map(({ path, message }) => (path ? `${path}: ${message}` : message));
  const message = `The connector's configuration is incomplete: ${sentences.join('; ')}`;
  return new ConnectorError({ kind: 'configuration', message, issues });
}

/** Every text of the configuration that its form marks as secret, or says nothing of. */
function secretsOf({ metadata }: ConnectorFactory, config: ConnectorConfig): string[] {
  const known = new Map(metadata.formItems.map((item) => [item.key, Boolean(item.isConfidential)]));
  return Object.entries(config).flatMap(([key, value]) => ((known.get(key) ?? !isHarmless(key)) ? textsIn(value) : []));
}

/** What the connector said of it, or else what became of its thread, and what is not known because of that. */
function failureOfCall(error: unknown, hide: (text: string) => string, onFault: OnFault, unknown = ''): ConnectorError {
  const told = error instanceof ThrownInThread ? failureOfThrown(error.thrown, hide) : undefined;
  if (told) return told;
  report(error, onFault);
  const what = error instanceof NoAnswer ? error.message : 'The connector failed in a way it should not';
  return new ConnectorError({ kind: 'unclear', message: `${what}${unknown}.` });
}

/** Without the message of what it threw, which may hold anything. */
function report(error: unknown, onFault: OnFault): void {
  if (error instanceof ThrownInThread) onFault(error.thrown.name, error.thrown.frames);
  else if (error instanceof NoAnswer) onFault(error.message, []);
}

/** The text as sent holds the code by design. */
function resultOf(result: Sent, hide: (text: string) => string): SendResult {
  const id = hide(result.providerMessageId ?? '').slice(0, maxIdLength);
  const text = hide(result.text ?? '').slice(0, maxTextLength);
  return { ...(id && { providerMessageId: id }), ...(text && { text }) };
}
