import { parseDatabaseUrl } from './database-url/database-url.ts';
import { warnOfUnread, withVariables } from './database-url/libpq-variables.ts';
import { DatabaseUrlError } from './database-url/refuse.ts';
import { ofKubernetes, warnOfKubernetes } from './kubernetes-variables.ts';
import type { DnsServers } from './network/dns.ts';
import { proxiesOf, wrongProxyOf } from './network/proxies.ts';
import { type Setting, type SettingName, type SettingValue, settings } from './settings.ts';
import { type ShownSetting, showSettings } from './shown-settings.ts';
import { closestName } from './unknown-name.ts';
import { meantBy, olderReadingsOf } from './variable-text.ts';
import { warnOfWeak } from './weak-settings.ts';

/** The settings as values, with every default filled in. */
export type Config = {
  port: number;
  host: string;
  /** Scheme, host and port, without a slash at the end. */
  publicUrl: string;
  dataDir: string;
  /** Absent: installed connectors are in the data folder only. */
  connectorsDir: string | undefined;
  /** Absent: SQLite in the data folder. */
  databaseUrl: string | undefined;
  /** Absent: the key file in the data folder. */
  secretKey: string | undefined;
  /** The secret key with what is around it in its file, which was part of it in older versions. */
  olderReadingsOfSecretKey: string[];
  administrator: { username: string; password: string } | undefined;
  managementClient: { id: string; secret: string } | undefined;
  apiIndicator: string;
  logLevel: SettingValue<'SESAME_LOG_LEVEL'>;
  trustedProxies: string[];
  /** Where what DNS says of senders is looked up. */
  dns: DnsServers;
  /** Absent: no metrics. */
  metricsPort: number | undefined;
  /** 0 keeps messages for ever. */
  messageRetentionDays: number;
  /** Whether webhooks may be on private networks. */
  allowsPrivateWebhooks: boolean;
  /** Where administrators ask for features; absent: nowhere. */
  feedbackUrl: string | undefined;
  /** Every setting as administrators see it. */
  shownSettings: ShownSetting[];
  isProduction: boolean;
  /** Sentences for the administrator about settings that do nothing, or leave people open. */
  warnings: string[];
};

/** A setting stops the start. The message is one line that names the setting and what it takes, never its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the settings. Line breaks at the end of one and a byte order mark before it are no part of it, and an empty one
 * counts as absent.
 * @throws ConfigError
 */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const foreign = ofKubernetes(variables);
  const env = ownOf(variables, foreign);
  const read = <N extends SettingName>(name: N) => readSetting(env, name);
  const withDefault = <N extends SettingName>(name: N) => read(name) as SettingValue<N>;
  const databaseUrl = checkedDatabaseUrl(read('SESAME_DATABASE_URL'), variables);
  const port = withDefault('SESAME_PORT');
  const publicUrl = read('SESAME_PUBLIC_URL') ?? `http://localhost:${port}`;
  const metricsPort = read('SESAME_METRICS_PORT');
  if (metricsPort === port) throw new ConfigError('SESAME_METRICS_PORT takes another port than SESAME_PORT.');
  const wrongProxy = wrongProxyOf(proxiesOf(env));
  if (wrongProxy) throw new ConfigError(`${wrongProxy} takes the http or https URL of a proxy.`);
  const [username, password] = both(read, 'SESAME_ADMIN_USERNAME', 'SESAME_ADMIN_PASSWORD');
  const [id, secret] = both(read, 'SESAME_MANAGEMENT_CLIENT_ID', 'SESAME_MANAGEMENT_CLIENT_SECRET');
  return {
    port,
    host: withDefault('SESAME_HOST'),
    publicUrl,
    dataDir: withDefault('SESAME_DATA_DIR'),
    connectorsDir: read('SESAME_CONNECTORS_DIR'),
    databaseUrl,
    secretKey: read('SESAME_SECRET_KEY'),
    olderReadingsOfSecretKey: olderReadingsOf(variables.SESAME_SECRET_KEY ?? ''),
    administrator: username && password ? { username, password } : undefined,
    managementClient: id && secret ? { id, secret } : undefined,
    apiIndicator: read('SESAME_API_INDICATOR') ?? `${publicUrl}/api`,
    logLevel: withDefault('SESAME_LOG_LEVEL'),
    trustedProxies: read('SESAME_TRUSTED_PROXIES') ?? [],
    dns: read('SESAME_DNS') ?? 'system',
    metricsPort,
    messageRetentionDays: withDefault('SESAME_MESSAGE_RETENTION_DAYS'),
    allowsPrivateWebhooks: read('SESAME_PRIVATE_WEBHOOKS') === 'allow',
    feedbackUrl: read('SESAME_FEEDBACK_URL'),
    shownSettings: showSettings(variables),
    isProduction: read('NODE_ENV') === 'production',
    warnings: [
      ...warnOfKubernetes(foreign),
      ...warnOfUnknown(env),
      ...(databaseUrl ? warnOfUnread(variables) : []),
      ...warnOfWeak(publicUrl, {
        SESAME_SECRET_KEY: read('SESAME_SECRET_KEY'),
        SESAME_MANAGEMENT_CLIENT_SECRET: secret,
      }),
    ],
  };
}

type Env = Readonly<Record<string, string | undefined>>;
type Read = <N extends SettingName>(name: N) => SettingValue<N> | undefined;

/** The variables for Sesame, as they are meant. */
function ownOf(variables: Env, foreign: readonly string[]): Env {
  const own = Object.entries(variables).filter(([name]) => !foreign.includes(name));
  return Object.fromEntries(own.map(([name, text]) => [name, text && meantBy(text)]));
}

function readSetting<N extends SettingName>(env: Env, name: N): SettingValue<N> | undefined {
  const { alias, defaultText, takes, parser }: Setting<unknown> = settings[name];
  const source = alias && !env[name] ? alias : name;
  const text = env[source] || defaultText;
  if (text === undefined) return undefined;
  const parsed = parser.safeParse(text);
  if (!parsed.success) throw new ConfigError(`${source} takes ${takes}.`);
  return parsed.data as SettingValue<N>;
}

/** Refuses at once what the store could not use. */
function checkedDatabaseUrl(text: string | undefined, variables: Env): string | undefined {
  if (text === undefined) return undefined;
  try {
    const url = withVariables(text, variables);
    parseDatabaseUrl(url);
    return url;
  } catch (error) {
    if (!(error instanceof DatabaseUrlError)) throw error;
    throw new ConfigError(`SESAME_DATABASE_URL cannot be used: ${error.message}`);
  }
}

function both<A extends SettingName, B extends SettingName>(read: Read, one: A, other: B) {
  const pair = [read(one), read(other)] as const;
  const missing = [one, other].filter((_, index) => pair[index] === undefined);
  if (missing.length === 1) throw new ConfigError(`${one} and ${other} go together; ${missing[0]} is missing.`);
  return pair;
}

const ownPrefix = 'SESAME_';

function warnOfUnknown(env: Env): string[] {
  const known = Object.keys(settings)
    .filter((name) => name.startsWith(ownPrefix))
    .map((name) => name.slice(ownPrefix.length));
  return Object.keys(env)
    .filter((name) => name.startsWith(ownPrefix) && !Object.hasOwn(settings, name))
    .map((name) => {
      const meant = closestName(name.slice(ownPrefix.length), known);
      const hint = meant ? `did you mean ${ownPrefix}${meant}?` : 'docs/configuration.md lists the settings.';
      return `${name} is not a setting and does nothing; ${hint}`;
    });
}
