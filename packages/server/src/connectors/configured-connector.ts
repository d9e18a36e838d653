import { purposes } from '../secrets/purposes.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import type { ConnectorsTable } from '../store/tables/connectors.ts';
import { maskConfig } from './connector-config.ts';
import type { ConnectorConfig, ConnectorFactory } from './connector-factory.ts';
import type { ConnectorFactories } from './factories.ts';

/** Whether a connector sends, waits for its configuration, or sent before. */
export const connectorStates = ['live', 'not-configured', 'previous'] as const;
export type ConnectorState = (typeof connectorStates)[number];

/** A configuration together with the factory it is for. */
export type ConfiguredConnector = {
  row: ConnectorsTable;
  state: ConnectorState;
  /** Missing when the connector's module is no longer installed. */
  factory: ConnectorFactory | undefined;
  /** With its secrets; only for sending. */
  config: ConnectorConfig;
};

/** Encrypts configurations for the store, and opens what is there. */
export function createConfigSeal({ secretKeys, factories }: { secretKeys: SecretKeys; factories: ConnectorFactories }) {
  /** A configuration that was damaged counts as empty: sends name what is missing, and it can be put right. */
  function unseal(sealed: string): ConnectorConfig {
    try {
      return JSON.parse(secretKeys.decrypt(sealed, purposes.connectorConfig())) as ConnectorConfig;
    } catch {
      return {};
    }
  }

  return {
    seal: (config: ConnectorConfig): string => secretKeys.encrypt(JSON.stringify(config), purposes.connectorConfig()),
    open: (row: ConnectorsTable, state: ConnectorState): ConfiguredConnector => ({
      row,
      state,
      factory: factories.find(row.factory_id),
      config: unseal(row.config),
    }),
  };
}

/** A connector as the Management API shows it. */
export function describeConnector({ row, state, factory, config }: ConfiguredConnector) {
  const { id: _, ...metadata } = factory?.metadata ?? missingMetadata(row.factory_id);
  return {
    id: row.id,
    connectorId: row.factory_id,
    type: row.type,
    state,
    ...metadata,
    ...(factory?.origin ?? { origin: 'not-installed' as const, package: null }),
    config: factory ? maskConfig(factory, config) : {},
    metadata: JSON.parse(row.metadata) as Record<string, unknown>,
    ...logtoConnectorReply,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** What Logto says of every connector beside that: its social ones alone have these. */
const logtoConnectorReply = { syncProfile: false, enableTokenStorage: false, extraInfo: {} } as const;

const missingMetadata = (factoryId: string) => ({
  id: factoryId,
  target: factoryId,
  platform: null,
  name: { en: factoryId },
  description: { en: 'The module of this connector is not installed.' },
  logo: '',
  logoDark: null,
  readme: '',
  formItems: [],
});
