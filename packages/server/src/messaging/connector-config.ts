import { ConnectorError, parseConfig } from '@sesame/connector-kit';
import { ApiError } from '../errors.ts';
import { apiErrorOf } from './connector-failure.ts';
import type { ConnectorFactory } from './factories.ts';

export type ConnectorConfig = Record<string, unknown>;

const mask = '••••';
/** Shorter secrets show nothing of themselves. */
const minLengthToShowEnd = 12;

const confidentialKeys = ({ metadata }: ConnectorFactory) =>
  metadata.formItems.filter(({ isConfidential }) => isConfidential).map(({ key }) => key);

const maskValue = (value: string) => (value.length >= minLengthToShowEnd ? mask + value.slice(-4) : mask);

/** The configuration as replies carry it: secrets masked, at most their last four characters kept. */
export function maskConfig(factory: ConnectorFactory, config: ConnectorConfig): ConnectorConfig {
  const masked = { ...config };
  for (const key of confidentialKeys(factory)) {
    const value = masked[key];
    if (typeof value === 'string' && value !== '') masked[key] = maskValue(value);
  }
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
  if (!stored || (config.endpoint ?? '') !== (stored.endpoint ?? '')) return config;
  const unmasked = { ...config };
  for (const key of confidentialKeys(factory)) {
    const secret = stored[key];
    if (typeof secret === 'string' && unmasked[key] === maskValue(secret)) unmasked[key] = secret;
  }
  return unmasked;
}

/** Checks a configuration. @throws ApiError `connector.invalid_config` with the fields at fault */
export function checkConfig(factory: ConnectorFactory, config: ConnectorConfig): void {
  const stillMasked = confidentialKeys(factory).filter((key) => String(config[key] ?? '').startsWith(mask));
  if (stillMasked.length > 0) {
    throw new ApiError('connector.invalid_config', {
      issues: stillMasked.map((path) => ({ path, message: 'This is the mask of a secret. Enter the secret itself.' })),
    });
  }
  try {
    parseConfig(factory.connector.configGuard, config);
  } catch (error) {
    throw error instanceof ConnectorError ? apiErrorOf(error) : error;
  }
}
