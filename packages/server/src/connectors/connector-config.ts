import { isDeepStrictEqual } from 'node:util';
import { ConnectorError } from '@sesame/connector-kit';
import { ApiError } from '../errors.ts';
import type { ConfigIssue, ConnectorConfig, ConnectorFactory } from './connector-factory.ts';
import { apiErrorOf } from './connector-failure.ts';
import { isAddress, isHarmless } from './installed/confidential.ts';
import { textsIn } from './installed/hide-secrets.ts';
import { templateIssues } from './template-issues.ts';
import { unknownKeys } from './unknown-keys.ts';

const mask = '••••';
/** Shorter secrets show nothing of themselves. */
const minLengthToShowEnd = 12;

const maskText = (value: string) => (value.length >= minLengthToShowEnd ? mask + value.slice(-4) : mask);

/** Every text in the value is masked, however deep. */
function maskValue(value: unknown): unknown {
  if (typeof value === 'string') return value === '' ? value : maskText(value);
  if (Array.isArray(value)) return value.map(maskValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskValue(inner)]));
}

/** Keys whose values are secrets. What the form of an installed connector does not know counts as one. */
function confidentialKeys({ metadata, origin }: ConnectorFactory, config: ConnectorConfig): string[] {
  const marked = metadata.formItems.filter(({ isConfidential }) => isConfidential).map(({ key }) => key);
  if (origin.origin === 'built-in') return marked;
  const known = new Set(metadata.formItems.map(({ key }) => key));
  return [...marked, ...Object.keys(config).filter((key) => !known.has(key) && !isHarmless(key))];
}

/** The configuration as replies carry it: secrets masked, at most their last four characters kept. */
export function maskConfig(factory: ConnectorFactory, config: ConnectorConfig): ConnectorConfig {
  const masked = { ...config };
  for (const key of confidentialKeys(factory, config))
    if (Object.hasOwn(config, key)) masked[key] = maskValue(config[key]);
  return masked;
}

/**
 * Puts the stored secrets back where a caller left their masks as they were; only as long as they go to the same
 * endpoint, or else whoever may change it could have them sent to an address of their own.
 */
export function unmaskConfig(
  factory: ConnectorFactory,
  config: ConnectorConfig,
  stored: ConnectorConfig | undefined,
): ConnectorConfig {
  if (!stored || goesElsewhere(factory, config, stored)) return config;
  const kept = keptSecrets(factory, config, stored).map((key) => [key, stored[key]]);
  return { ...config, ...Object.fromEntries(kept) };
}

/** Keys of the secrets that are left as they were shown. */
const keptSecrets = (factory: ConnectorFactory, config: ConnectorConfig, stored: ConnectorConfig): string[] =>
  confidentialKeys(factory, stored).filter((key) => isDeepStrictEqual(config[key], maskValue(stored[key])));

/** Of an installed connector, nobody knows which of its fields is the one that says where messages go. */
function goesElsewhere(factory: ConnectorFactory, config: ConnectorConfig, stored: ConnectorConfig): boolean {
  const kept = new Set(keptSecrets(factory, config, stored));
  const keys = new Set([...Object.keys(config), ...Object.keys(stored)]);
  const addresses = [...keys].filter((key) =>
    factory.origin.origin === 'installed'
      ? isAddress(key)
      : /^(?:endpoint|host|port|secure|ignoreTLS|requireTLS|servername)$/.test(key),
  );
  return addresses.some((key) => !kept.has(key) && !isDeepStrictEqual(config[key] ?? '', stored[key] ?? ''));
}

/** What a guard of a built-in connector lets pass. Installed connectors have guards of their own alone. */
function builtInIssues({ type, metadata, variables }: ConnectorFactory, config: ConnectorConfig): ConfigIssue[] {
  const known = metadata.formItems.map(({ key }) => key);
  return [...unknownKeys(type, config, known), ...templateIssues(config, variables)];
}

/** Whether a connector can send without any configuration. */
export async function takesNothing(factory: ConnectorFactory): Promise<boolean> {
  return checkConfig(factory, {}).then(
    () => true,
    (error: unknown) => {
      if (error instanceof ApiError) return false;
      throw error;
    },
  );
}

/** Checks a configuration. @throws ApiError `connector.invalid_config` with the fields at fault */
export async function checkConfig(factory: ConnectorFactory, config: ConnectorConfig): Promise<void> {
  const stillMasked = confidentialKeys(factory, config).filter((key) =>
    textsIn(config[key]).some((text) => text.startsWith(mask)),
  );
  const masks = stillMasked.map((path) => ({
    path,
    message: 'This is the mask of a secret. Enter the secret itself.',
  }));
  const others = factory.origin.origin === 'built-in' ? builtInIssues(factory, config) : [];
  const found = await guardIssues(factory, config);
  // What a guard says of a mask is about nothing that anybody typed.
  const own = found.issues.filter(({ path }) => !stillMasked.includes(path));
  const issues = [...masks, ...own, ...others.filter(({ path }) => !own.some((each) => each.path === path))];
  if (issues.length > 0) {
    throw new ApiError('connector.invalid_config', { kind: 'configuration', ...found.data, issues });
  }
  if (found.refusal && stillMasked.length === 0) throw found.refusal;
}

/** What the guard of a connector says: the fields at fault, or a refusal that names none. */
async function guardIssues(factory: ConnectorFactory, config: ConnectorConfig) {
  try {
    await factory.checkConfig(config);
    return { issues: [], data: {} };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    const refusal = apiErrorOf(error);
    const { issues = [], ...data } = (refusal.data ?? {}) as { issues?: ConfigIssue[] };
    return { issues: refusal.code === 'connector.invalid_config' ? issues : [], data, refusal };
  }
}

/**
 * A value without what may be a secret in addresses, however deep they are: credentials, and what is asked for. A
 * password may hold an @ as it is.
 */
export function withBareAddresses(value: unknown): unknown {
  if (typeof value === 'string') {
    return /^\w+:\/\//.test(value) ? value.replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//') : value;
  }
  if (Array.isArray(value)) return value.map(withBareAddresses);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withBareAddresses(inner)]));
}

/** A configuration in two: what may be shown to whoever comes later, with bare addresses, and the secrets. */
export function configWithoutSecrets(
  factory: ConnectorFactory,
  config: ConnectorConfig,
): { open: ConnectorConfig; secrets: ConnectorConfig } {
  const confidential = new Set(confidentialKeys(factory, config));
  const entries = Object.entries(config);
  return {
    open: Object.fromEntries(
      entries.filter(([key]) => !confidential.has(key)).map(([key, value]) => [key, withBareAddresses(value)]),
    ),
    secrets: Object.fromEntries(entries.filter(([key]) => confidential.has(key))),
  };
}
