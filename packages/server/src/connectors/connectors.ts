import { type Channel, channels } from '@sesame/connector-kit';
import type { RawBuilder } from 'kysely';
import { ApiError } from '../errors.ts';
import { newId, type Platform } from '../platform.ts';
import { refusalOf } from '../refusals.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import {
  deleteLiveConnector,
  findConnector,
  forgetPreviousConnector,
  hasAnyConnector,
  hasConfig,
  isLiveConnector,
  listLiveConnectors,
  listPreviousConnectors,
  type Replaces,
  restoreConnector,
  type Still,
  setUpConnector,
  setUpFirstConnector,
  updateLiveConfig,
} from '../store/connectors.ts';
import type { Held } from '../store/held.ts';
import type { Store } from '../store/store.ts';
import type { ConnectorsTable } from '../store/tables/connectors.ts';
import { configureConnector, deleteUnconfiguredConnector } from '../store/unconfigured-connectors.ts';
import type { Telling } from '../webhooks/telling.ts';
import { type ConfiguredConnector, createConfigSeal } from './configured-connector.ts';
import { checkConfig, takesNothing, unmaskConfig } from './connector-config.ts';
import type { ConnectorConfig, ConnectorFactory } from './connector-factory.ts';
import { isTaken, newConnectorRow } from './connector-row.ts';
import { type ConnectorFactories, developmentInboxIds } from './factories.ts';
import { createUnconfigured } from './unconfigured.ts';

type Deps = {
  store: Store;
  platform: Platform;
  held: Held;
  secretKeys: SecretKeys;
  factories: ConnectorFactories;
  events: Telling;
};

/** So many connectors of before may be reported of at once without being read anew. */
const mostHeld = 20;

/** Sets up, changes, restores and deletes the one live connector of each channel, and the one that waits to be. */
export function createConnectors({ store, platform, held, secretKeys, factories, events }: Deps) {
  const { seal, open } = createConfigSeal({ secretKeys, factories });
  const newRow = (factory: ConnectorFactory, config: ConnectorConfig, id: string) =>
    newConnectorRow(factory, { id, config: seal(config), now: platform.now() });
  const unconfigured = createUnconfigured({ store, open });

  /** The live connector of every channel that has one, in the order of channels, as it is stored at this moment. */
  const allLive = async () => {
    const rows = await listLiveConnectors(store);
    return channels.flatMap((channel) => rows.filter(({ type }) => type === channel)).map((row) => open(row, 'live'));
  };
  const ofChannel = (connectors: ConfiguredConnector[], channel: string) =>
    connectors.find(({ row }) => row.type === channel);
  const heldLive = held.value(allLive);

  /** Every connector that is set up: the live ones, then those that wait for their configuration. */
  const list = async () => (await Promise.all([allLive(), unconfigured.list()])).flat();

  async function get(id: string): Promise<ConfiguredConnector> {
    const connector = (await list()).find(({ row }) => row.id === id);
    if (!connector) throw new ApiError('entity.not_found');
    return connector;
  }

  /** The configuration to use where a caller may have left masks in place of the live connector's secrets. */
  async function completeConfig(factory: ConnectorFactory, config: ConnectorConfig): Promise<ConnectorConfig> {
    const current = ofChannel(await allLive(), factory.type);
    const stored = current?.row.factory_id === factory.metadata.id ? current.config : undefined;
    const complete = unmaskConfig(factory, config, stored);
    await checkConfig(factory, complete);
    return complete;
  }

  /** Somebody else was faster: the caller is told what is live now. */
  async function conflict(channel: string): Promise<ApiError> {
    const current = ofChannel(await allLive(), channel);
    return new ApiError('connector.conflict', {
      liveConnectorId: current?.row.id ?? null,
      updatedAt: current?.row.updated_at ?? null,
    });
  }

  /** The statements that tell webhooks of a change, where it was made. */
  const telling = (
    change: 'set-up' | 'updated' | 'restored' | 'deleted',
    { id, type, factory_id: connectorId }: Pick<ConnectorsTable, 'id' | 'type' | 'factory_id'>,
    onlyIf: RawBuilder<boolean>,
  ) => events.of({ event: 'Connector.Changed', data: { id, connectorId, type, change }, onlyIf: () => onlyIf });

  /** A configuration that could not send any more must not take the place of one that can. */
  async function checkStored(row: ConnectorsTable): Promise<void> {
    const { factory, config } = open(row, 'previous');
    if (!factory) throw new ApiError('connector.not_found_with_connector_id', { connectorId: row.factory_id });
    await checkConfig(factory, config);
  }

  return {
    /** The live connector of a channel, from memory: what sends go through. */
    live: async (channel: Channel): Promise<ConfiguredConnector | undefined> => ofChannel(await heldLive(), channel),

    /** The channels that messages go out by at present, from memory. */
    liveChannels: async (): Promise<Channel[]> => {
      const live = await heldLive();
      return channels.filter((channel) => ofChannel(live, channel)?.factory);
    },

    allLive,
    list,
    completeConfig,

    /** The connector of a channel that waits for its configuration. */
    unconfigured: unconfigured.ofChannel,

    /** @throws ApiError `entity.not_found` unless it is live or waits for its configuration */
    get,

    /** All that is wrong with a configuration, masks left in it as above; nothing where the factory is not known. */
    async refusals(factoryId: string | undefined, config: ConnectorConfig | undefined): Promise<ApiError[]> {
      const factory = factoryId === undefined ? undefined : factories.find(factoryId);
      return factory && config ? refusalOf('config', completeConfig(factory, config)) : [];
    },

    /**
     * One that is live, was before, or waits for its configuration, from memory: what messages of any time were sent
     * through.
     */
    find: held.values(mostHeld, async (id: string): Promise<ConfiguredConnector | undefined> => {
      const row = await findConnector(store, id);
      return row && open(row, 'previous');
    }),

    /** Configurations that were live before, newest first. */
    async previous(): Promise<ConfiguredConnector[]> {
      return (await listPreviousConnectors(store)).map((row) => open(row, 'previous'));
    },

    /**
     * Sets up a connector; it replaces the live one in the same transaction. Without a configuration, one that needs one
     * waits for it, and the live one stays.
     * @param still undoes it where whoever asks may not any more: its connector may take long to check a configuration
     * @throws ApiError `connector.conflict` when another connector is live than `replaces` says
     */
    async setUp(
      factoryId: string,
      config: ConnectorConfig | undefined,
      { id, replaces, still }: { id?: string | undefined; replaces?: Replaces; still?: Still } = {},
    ): Promise<ConfiguredConnector> {
      const factory = factories.find(factoryId);
      if (!factory) throw new ApiError('connector.not_found_with_connector_id', { connectorId: factoryId });
      const taken = (error: unknown) => {
        throw id !== undefined && isTaken(error) ? new ApiError('entity.id_in_use', { id }) : error;
      };
      if (config === undefined && !(await takesNothing(factory))) {
        if (replaces !== undefined && replaces !== (ofChannel(await allLive(), factory.type)?.row.id ?? null)) {
          throw await conflict(factory.type);
        }
        return unconfigured.keep(newRow(factory, {}, id ?? newId(platform)), still).catch(taken);
      }
      const complete = await completeConfig(factory, config ?? {});
      const row = newRow(factory, complete, id ?? newId(platform));
      const told = await telling('set-up', row, isLiveConnector(row.id));
      const isLive = await setUpConnector(store, row, replaces, [...(still ?? []), ...told]).catch(taken);
      if (!isLive) throw await conflict(factory.type);
      return { row, state: 'live', factory, config: complete };
    },

    /**
     * Outside production, makes the development inbox live for each channel that no connector was ever set up for.
     * @returns the ids of those that are live by it
     */
    async setUpDevelopmentInbox(): Promise<string[]> {
      const setUp: string[] = [];
      for (const channel of channels) {
        if (await hasAnyConnector(store, channel)) continue;
        const id = developmentInboxIds[channel];
        if (await setUpFirstConnector(store, newRow(factories.get(id), {}, id))) setUp.push(id);
      }
      return setUp;
    },

    /**
     * In production, ends the development inbox that was made live without anybody asking for it.
     * @returns the ids of those that were live
     */
    async endDevelopmentInbox(): Promise<string[]> {
      const ended: string[] = [];
      for (const id of Object.values(developmentInboxIds)) if (await deleteLiveConnector(store, id)) ended.push(id);
      return ended;
    },

    /**
     * Replaces the configuration of a connector; masks left as they were keep the stored secrets. Without one, nothing
     * changes. The first configuration of one that waited for it makes it the live one.
     * @throws ApiError `connector.conflict` when it was changed at another time than `updatedAt` says
     */
    async update(
      id: string,
      config?: ConnectorConfig,
      { updatedAt, still }: { updatedAt?: number | undefined; still?: Still } = {},
    ): Promise<ConfiguredConnector> {
      const current = await get(id);
      if (updatedAt !== undefined && updatedAt !== current.row.updated_at) throw await conflict(current.row.type);
      if (config === undefined) return current;
      if (!current.factory) throw new ApiError('entity.not_found');
      const complete = unmaskConfig(current.factory, config, current.config);
      await checkConfig(current.factory, complete);
      const sealed = seal(complete);
      const told = await telling('updated', current.row, hasConfig(id, sealed));
      const save = current.state === 'live' ? updateLiveConfig : configureConnector;
      const changedAt = await save(store, current.row, sealed, {
        now: platform.now(),
        still: [...(still ?? []), ...told],
      });
      if (changedAt === undefined) return this.update(id, config, { updatedAt, ...(still && { still }) });
      const row = { ...current.row, config: sealed, is_configured: 1, updated_at: changedAt };
      return { row, state: 'live', factory: current.factory, config: complete };
    },

    /** @throws ApiError `entity.not_found` unless it is live or waits for its configuration */
    async delete(id: string): Promise<void> {
      const row = await findConnector(store, id);
      const told = row ? await telling('deleted', row, isLiveConnector(id)) : [];
      const isDeleted = (await deleteLiveConnector(store, id, told)) || (await deleteUnconfiguredConnector(store, id));
      if (!isDeleted) throw new ApiError('entity.not_found');
    },

    /**
     * Makes a previous configuration the live one again.
     * @throws ApiError `connector.conflict` when another connector is live than `replaces` says
     */
    async restore(id: string, replaces?: Replaces, still?: Still): Promise<ConfiguredConnector> {
      const row = await findConnector(store, id);
      if (!row) throw new ApiError('entity.not_found');
      await checkStored(row);
      const told = await telling('restored', row, isLiveConnector(id));
      const statements = [...(still ?? []), ...told];
      const restored = await restoreConnector(store, { id, now: platform.now(), replaces, still: statements });
      if (restored === 'unknown') throw new ApiError('entity.not_found');
      if (restored === 'conflict') throw await conflict(row.type);
      return open(restored, 'live');
    },

    /** Deletes a previous configuration, secrets and all. */
    async forget(id: string): Promise<void> {
      if (!(await forgetPreviousConnector(store, id))) throw new ApiError('entity.not_found');
    },
  };
}
export type Connectors = ReturnType<typeof createConnectors>;
