import type { Channel } from '@sesame/connector-kit';
import type { Still } from '../store/connectors.ts';
import type { Store } from '../store/store.ts';
import type { ConnectorsTable } from '../store/tables/connectors.ts';
import { keepUnconfiguredConnector, listUnconfiguredConnectors } from '../store/unconfigured-connectors.ts';
import type { ConfiguredConnector, createConfigSeal } from './configured-connector.ts';

type Deps = { store: Store; open: ReturnType<typeof createConfigSeal>['open'] };

/** Connectors that were made without a configuration and wait for it: they never send, and one of a channel waits. */
export function createUnconfigured({ store, open }: Deps) {
  const list = async () => (await listUnconfiguredConnectors(store)).map((row) => open(row, 'not-configured'));
  return {
    list,

    /** The one of a channel. */
    ofChannel: async (channel: Channel): Promise<ConfiguredConnector | undefined> =>
      (await list()).find(({ row }) => row.type === channel),

    /** Keeps one; it takes the place of the one of its channel that waited. */
    async keep(row: ConnectorsTable, still?: Still): Promise<ConfiguredConnector> {
      await keepUnconfiguredConnector(store, row, still);
      return open(row, 'not-configured');
    },
  };
}
