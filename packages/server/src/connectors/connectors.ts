import { ApiError } from '../errors.ts';
import { newId, type Platform } from '../platform.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import {
  deleteLiveConnector,
  findLiveConnector,
  forgetPreviousConnector,
  hasAnyConnector,
  listPreviousConnectors,
  type Replaces,
  restoreConnector,
  setUpConnector,
  setUpFirstConnector,
  updateLiveConfig,
} from '../store/connectors.ts';
import type { ConnectorsTable } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { checkConfig, maskConfig, unmaskConfig } from './connector-config.ts';
import type { ConnectorConfig, ConnectorFactory } from './connector-factory.ts';
import { type ConnectorFactories, developmentInboxId } from './factories.ts';

/** A configuration together with the factory it is for. */
export type ConfiguredConnector = {
  row: ConnectorsTable;
  /** Missing when the connector's module is no longer installed. */
  factory: ConnectorFactory | undefined;
  /** With its secrets; only for sending. */
  config: ConnectorConfig;
};

type Deps = { store: Store; platform: Platform; secretKeys: SecretKeys; factories: ConnectorFactories };

/** Sets up, changes, restores and deletes the one live connector. */
export function createConnectors({ store, platform, secretKeys, factories }: Deps) {
  const purpose = 'connector config';
  const seal = (config: ConnectorConfig) => secretKeys.encrypt(JSON.stringify(config), purpose);
  const open = (row: ConnectorsTable): ConfiguredConnector => ({
    row,
    factory: factories.find(row.factory_id),
    config: unseal(row.config),
  });

  /** A configuration that was damaged counts as empty: sends name what is missing, and it can be put right. */
  function unseal(sealed: string): ConnectorConfig {
    try {
      return JSON.parse(secretKeys.decrypt(sealed, purpose)) as ConnectorConfig;
    } catch {
      return {};
    }
  }

  let lastOpened: ConfiguredConnector | undefined;
  /** The live connector; opened anew only when it has changed. */
  async function live(): Promise<ConfiguredConnector | undefined> {
    const row = await findLiveConnector(store);
    if (!row) return undefined;
    const isSame = lastOpened?.row.id === row.id && lastOpened.row.updated_at === row.updated_at;
    if (!lastOpened || !isSame || lastOpened.row.config !== row.config) lastOpened = open(row);
    return lastOpened;
  }

  async function liveById(id: string): Promise<ConfiguredConnector> {
    const connector = await live();
    if (connector?.row.id !== id) throw new ApiError('entity.not_found');
    return connector;
  }

  /** The configuration to use where a caller may have left masks in place of the live connector's secrets. */
  async function completeConfig(factory: ConnectorFactory, config: ConnectorConfig): Promise<ConnectorConfig> {
    const current = await live();
    const stored = current?.row.factory_id === factory.metadata.id ? current.config : undefined;
    const complete = unmaskConfig(factory, config, stored);
    await checkConfig(factory, complete);
    return complete;
  }

  /** Somebody else was faster: the caller is told what is live now. */
  async function conflict(): Promise<ApiError> {
    const current = await live();
    return new ApiError('connector.conflict', {
      liveConnectorId: current?.row.id ?? null,
      updatedAt: current?.row.updated_at ?? null,
    });
  }

  /** A configuration that could not send any more must not take the place of one that can. */
  async function checkPrevious(id: string): Promise<void> {
    const row = (await listPreviousConnectors(store)).find((previous) => previous.id === id);
    if (!row) return;
    const { factory, config } = open(row);
    if (!factory) throw new ApiError('connector.not_found_with_connector_id', { connectorId: row.factory_id });
    await checkConfig(factory, config);
  }

  function newRow(factory: ConnectorFactory, config: ConnectorConfig, id: string): ConnectorsTable {
    const now = platform.now();
    const { type, metadata } = factory;
    return {
      id,
      type,
      factory_id: metadata.id,
      config: seal(config),
      metadata: '{}',
      created_at: now,
      updated_at: now,
    };
  }

  return {
    live,
    completeConfig,

    /** @throws ApiError `entity.not_found` unless it is the live one */
    get: liveById,

    /** Configurations that were live before, newest first. */
    async previous(): Promise<ConfiguredConnector[]> {
      return (await listPreviousConnectors(store)).map(open);
    },

    /**
     * Sets up a connector; it replaces the live one in the same transaction.
     * @throws ApiError `connector.conflict` when another connector is live than `replaces` says
     */
    async setUp(
      factoryId: string,
      config: ConnectorConfig,
      { id, replaces }: { id?: string | undefined; replaces?: Replaces } = {},
    ): Promise<ConfiguredConnector> {
      const factory = factories.find(factoryId);
      if (!factory) throw new ApiError('connector.not_found_with_connector_id', { connectorId: factoryId });
      const complete = await completeConfig(factory, config);
      const row = newRow(factory, complete, id ?? newId(platform));
      const isLive = await setUpConnector(store, row, replaces).catch((error: unknown) => {
        throw id !== undefined && isTaken(error) ? new ApiError('entity.id_in_use', { id }) : error;
      });
      if (!isLive) throw await conflict();
      return { row, factory, config: complete };
    },

    /** Outside production, makes the development inbox live if no connector was ever set up. */
    async setUpDevelopmentInbox(): Promise<void> {
      if (await hasAnyConnector(store)) return;
      await setUpFirstConnector(store, newRow(factories.get(developmentInboxId), {}, developmentInboxId));
    },

    /** In production, ends the development inbox that was made live without anybody asking for it. */
    async endDevelopmentInbox(): Promise<void> {
      await deleteLiveConnector(store, developmentInboxId);
    },

    /**
     * Replaces the configuration of the live connector; masks left as they were keep the stored secrets.
     * @throws ApiError `connector.conflict` when it was changed at another time than `updatedAt` says
     */
    async update(id: string, config: ConnectorConfig, updatedAt?: number): Promise<ConfiguredConnector> {
      const current = await liveById(id);
      if (!current.factory) throw new ApiError('entity.not_found');
      if (updatedAt !== undefined && updatedAt !== current.row.updated_at) throw await conflict();
      const complete = unmaskConfig(current.factory, config, current.config);
      await checkConfig(current.factory, complete);
      const sealed = seal(complete);
      const changedAt = await updateLiveConfig(store, current.row, sealed, platform.now());
      if (changedAt === undefined) return this.update(id, config, updatedAt);
      const row = { ...current.row, config: sealed, updated_at: changedAt };
      return { row, factory: current.factory, config: complete };
    },

    /** @throws ApiError `entity.not_found` unless it is the live one */
    async delete(id: string): Promise<void> {
      if (!(await deleteLiveConnector(store, id))) throw new ApiError('entity.not_found');
    },

    /**
     * Makes a previous configuration the live one again.
     * @throws ApiError `connector.conflict` when another connector is live than `replaces` says
     */
    async restore(id: string, replaces?: Replaces): Promise<ConfiguredConnector> {
      await checkPrevious(id);
      const restored = await restoreConnector(store, { id, now: platform.now(), replaces });
      if (restored === 'unknown') throw new ApiError('entity.not_found');
      if (restored === 'conflict') throw await conflict();
      return open(restored);
    },

    /** Deletes a previous configuration, secrets and all. */
    async forget(id: string): Promise<void> {
      if (!(await forgetPreviousConnector(store, id))) throw new ApiError('entity.not_found');
    },
  };
}
export type Connectors = ReturnType<typeof createConnectors>;

/** A connector as the Management API shows it. */
export function describeConnector({ row, factory, config }: ConfiguredConnector) {
  const { id: _, ...metadata } = factory?.metadata ?? missingMetadata(row.factory_id);
  return {
    id: row.id,
    connectorId: row.factory_id,
    type: row.type,
    ...metadata,
    ...(factory?.origin ?? { origin: 'not-installed' as const, package: null }),
    config: factory ? maskConfig(factory, config) : {},
    metadata: JSON.parse(row.metadata) as Record<string, unknown>,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

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

/** Whether a unique key refused the row. */
function isTaken(error: unknown): boolean {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  const sqlitePrimaryKey = 1555;
  return code === '23505' || errcode === sqlitePrimaryKey;
}
