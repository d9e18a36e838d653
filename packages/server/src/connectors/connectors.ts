import { isDeepStrictEqual } from 'node:util';
import type { Channel } from '@sesame/connector-kit';
import { ApiError } from '../errors.ts';
import { newId, type Platform } from '../platform.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import {
  deleteLiveConnector,
  findConnector,
  findLiveConnector,
  forgetPreviousConnector,
  hasAnyConnector,
  listLiveConnectors,
  listPreviousConnectors,
  type Replaces,
  restoreConnector,
  setUpConnector,
  setUpFirstConnector,
  updateLiveConfig,
} from '../store/connectors.ts';
import type { ConnectorsTable } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { type ConfiguredConnector, createConfigSeal } from './configured-connector.ts';
import { checkConfig, unmaskConfig } from './connector-config.ts';
import type { ConnectorConfig, ConnectorFactory } from './connector-factory.ts';
import { type ConnectorFactories, developmentInboxId } from './factories.ts';

type Deps = { store: Store; platform: Platform; secretKeys: SecretKeys; factories: ConnectorFactories };

/** Sets up, changes, restores and deletes the one live connector of each channel. */
export function createConnectors({ store, platform, secretKeys, factories }: Deps) {
  const { seal, open } = createConfigSeal({ secretKeys, factories });
  const lastOpened = new Map<string, ConfiguredConnector>();

  /** The connector of a row; opened anew only when it has changed. */
  function openLive(row: ConnectorsTable): ConfiguredConnector {
    const known = lastOpened.get(row.type);
    if (known && isDeepStrictEqual(known.row, row)) return known;
    const opened = open(row);
    lastOpened.set(row.type, opened);
    return opened;
  }

  /** The live connector of a channel. */
  async function live(channel: Channel): Promise<ConfiguredConnector | undefined> {
    const row = await findLiveConnector(store, channel);
    return row && openLive(row);
  }

  /** The live connector of every channel that has one. */
  const allLive = async () => (await listLiveConnectors(store)).map(openLive);

  async function liveById(id: string): Promise<ConfiguredConnector> {
    const connector = (await allLive()).find(({ row }) => row.id === id);
    if (!connector) throw new ApiError('entity.not_found');
    return connector;
  }

  /** The configuration to use where a caller may have left masks in place of the live connector's secrets. */
  async function completeConfig(factory: ConnectorFactory, config: ConnectorConfig): Promise<ConnectorConfig> {
    const current = await live(factory.type);
    const stored = current?.row.factory_id === factory.metadata.id ? current.config : undefined;
    const complete = unmaskConfig(factory, config, stored);
    await checkConfig(factory, complete);
    return complete;
  }

  /** Somebody else was faster: the caller is told what is live now. */
  async function conflict(channel: string): Promise<ApiError> {
    const current = (await allLive()).find(({ row }) => row.type === channel);
    return new ApiError('connector.conflict', {
      liveConnectorId: current?.row.id ?? null,
      updatedAt: current?.row.updated_at ?? null,
    });
  }

  /** A configuration that could not send any more must not take the place of one that can. */
  async function checkStored(row: ConnectorsTable): Promise<void> {
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
    allLive,
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
      if (!isLive) throw await conflict(factory.type);
      return { row, factory, config: complete };
    },

    /** Outside production, makes the development inbox live if no connector was ever set up. */
    async setUpDevelopmentInbox(): Promise<void> {
      const factory = factories.get(developmentInboxId);
      if (await hasAnyConnector(store, factory.type)) return;
      await setUpFirstConnector(store, newRow(factory, {}, developmentInboxId));
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
      if (updatedAt !== undefined && updatedAt !== current.row.updated_at) throw await conflict(current.row.type);
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
      const row = await findConnector(store, id);
      if (!row) throw new ApiError('entity.not_found');
      await checkStored(row);
      const restored = await restoreConnector(store, { id, now: platform.now(), replaces });
      if (restored === 'unknown') throw new ApiError('entity.not_found');
      if (restored === 'conflict') throw await conflict(row.type);
      return open(restored);
    },

    /** Deletes a previous configuration, secrets and all. */
    async forget(id: string): Promise<void> {
      if (!(await forgetPreviousConnector(store, id))) throw new ApiError('entity.not_found');
    },
  };
}
export type Connectors = ReturnType<typeof createConnectors>;

/** Whether a unique key refused the row. */
function isTaken(error: unknown): boolean {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  const sqlitePrimaryKey = 1555;
  return code === '23505' || errcode === sqlitePrimaryKey;
}
