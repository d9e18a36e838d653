import { access } from 'node:fs/promises';
import type { DevelopmentInbox } from '@sesame/connector-development-inbox';
import type { Channel } from '@sesame/connector-kit';
import { ApiError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import { loadBuiltIn } from './built-in-connectors.ts';
import type { ConnectorFactory } from './connector-factory.ts';
import type { InstalledConnectors, InstalledOptions } from './installed/load-installed.ts';
import type { ConnectorProblem } from './installed/packages.ts';

/** The connector of each channel that fills the development inbox. */
export const developmentInboxIds = {
  Sms: 'development-inbox',
  Email: 'development-inbox-email',
} as const satisfies Record<Channel, string>;

/** Whether messages of a connector go into the development inbox. */
export const isDevelopmentInbox = (factoryId: string): boolean =>
  Object.values<string>(developmentInboxIds).includes(factoryId);

/** Every connector factory, the development inbox first. */
export type ConnectorFactories = {
  list: () => ConnectorFactory[];
  /** @throws ApiError `entity.not_found` */
  get: (id: string) => ConnectorFactory;
  find: (id: string) => ConnectorFactory | undefined;
  /** Installed connectors that cannot be used, and why. */
  problems: () => ConnectorProblem[];
  /** Ends the connections that connectors keep, and what installed ones run in. */
  close: () => Promise<void>;
};

type Deps = {
  platform: Platform;
  inbox: DevelopmentInbox;
  installed: Omit<InstalledOptions, 'reservedIds'>;
};

/** Loads the built-in connectors and the installed ones; an installed one takes the place of a built-in with its id. */
export async function loadFactories({ platform, inbox, installed }: Deps): Promise<ConnectorFactories> {
  const [builtIn, { connectors, problems, close }] = await Promise.all([
    loadBuiltIn({ platform, inbox }),
    loadAnyInstalled({ ...installed, reservedIds: Object.values(developmentInboxIds) }),
  ]);
  const byId = new Map(builtIn.map((factory) => [factory.metadata.id, factory]));
  for (const { factory } of connectors) byId.set(factory.metadata.id, factory);
  return {
    list: () => [...byId.values()],
    find: (id) => byId.get(id),
    get: (id) => {
      const factory = byId.get(id);
      if (!factory) throw new ApiError('entity.not_found');
      return factory;
    },
    problems: () => problems,
    async close() {
      for (const factory of builtIn) factory.close?.();
      await close();
    },
  };
}

/** What loads connectors is loaded itself only where there are some. */
async function loadAnyInstalled(options: InstalledOptions): Promise<InstalledConnectors> {
  const isWorthALook = ({ folder, location }: (typeof options.folders)[number]) =>
    location === 'connectors-folder' ||
    access(folder).then(
      () => true,
      ({ code }: NodeJS.ErrnoException) => code !== 'ENOENT',
    );
  const worthALook = await Promise.all(options.folders.map(isWorthALook));
  if (!worthALook.includes(true)) return { connectors: [], problems: [], close: async () => {} };
  const { loadInstalled } = await import('./installed/load-installed.ts');
  return loadInstalled(options);
}
