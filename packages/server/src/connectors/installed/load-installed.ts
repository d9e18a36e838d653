import type { ConnectorFactory } from '../connector-factory.ts';
import { type ConnectorThread, createConnectorThread, defaultLimits, type ThreadLimits } from './connector-thread.ts';
import { createMemoryOfSecrets } from './hide-secrets.ts';
import { createInstalledConnector } from './installed-connector.ts';
import { type ConnectorLocation, type ConnectorPackage, type ConnectorProblem, findPackages } from './packages.ts';
import { RefusedConnector } from './refused-connector.ts';
import type { Thrown } from './thread/protocol.ts';

/** What is told of installed connectors while they run. */
export type InstalledEvents = {
  /** An error that nobody caught; without its message, which may hold anything. */
  onUncaught?: (name: string, thrown: Pick<Thrown, 'name' | 'frames'>) => void;
  /** What a connector does that no connector should: it throws an error of another kind, or gives no answer. */
  onFault?: (name: string, error: string, frames: string[]) => void;
  /** What a connector writes to the console, with the secrets masked that it was given lately. */
  onOutput?: (name: string, text: string) => void;
};

export type InstalledOptions = InstalledEvents & {
  folders: readonly { folder: string; location: ConnectorLocation }[];
  /** Ids that no installed connector may take. */
  reservedIds?: readonly string[];
  limits?: ThreadLimits;
};

/** An installed connector that can be set up. */
export type InstalledConnector = { from: ConnectorPackage; factory: ConnectorFactory };

export type InstalledConnectors = {
  connectors: InstalledConnector[];
  problems: ConnectorProblem[];
  /** Ends every thread. */
  close: () => Promise<void>;
};

const loadedAtOnce = 4;

/**
 * Loads every connector of the folders, each in a thread of its own. Of two with the same id the first one counts. One
 * that cannot be used is among the problems, with the reason; nothing that a connector does makes this reject.
 */
export async function loadInstalled({
  folders,
  reservedIds = [],
  limits = defaultLimits,
  ...events
}: InstalledOptions): Promise<InstalledConnectors> {
  const found = await Promise.all(folders.map(({ folder, location }) => findPackages(folder, location)));
  const packages = found.flatMap((each) => each.packages);
  const threads: ConnectorThread[] = [];
  const load = async (from: ConnectorPackage): Promise<InstalledConnector | ConnectorProblem> => {
    const memory = createMemoryOfSecrets();
    const thread = createConnectorThread({ entry: from.entry }, limits, {
      onUncaught: ({ name, frames }) => events.onUncaught?.(from.name, { name, frames }),
      onOutput: (text) => events.onOutput?.(from.name, memory.hide(text)),
    });
    threads.push(thread);
    try {
      return {
        from,
        factory: await createInstalledConnector(from, thread, memory, (...fault) =>
          events.onFault?.(from.name, ...fault),
        ),
      };
    } catch (error) {
      return problemOf(from, error);
    } finally {
      // Most of them are only looked at. The first send starts the thread again.
      await thread.end();
    }
  };
  const loaded = await inTurns(packages, loadedAtOnce, load);
  const { connectors, problems } = withoutDoubles(loaded, reservedIds);
  return {
    connectors,
    problems: [...found.flatMap((each) => each.problems), ...problems],
    close: async () => void (await Promise.all(threads.map((thread) => thread.end()))),
  };
}

function withoutDoubles(loaded: (InstalledConnector | ConnectorProblem)[], reservedIds: readonly string[]) {
  const connectors: InstalledConnector[] = [];
  const problems: ConnectorProblem[] = [];
  for (const one of loaded) {
    if ('reason' in one) {
      problems.push(one);
      continue;
    }
    const { id } = one.factory.metadata;
    const other = connectors.find(({ factory }) => factory.metadata.id === id);
    if (other)
      problems.push(problemOf(one.from, new RefusedConnector(`Its id ${id} is that of ${other.from.name}.`), id));
    else if (reservedIds.includes(id)) {
      problems.push(problemOf(one.from, new RefusedConnector(`Its id ${id} belongs to Sesame itself.`), id));
    } else connectors.push(one);
  }
  return { connectors, problems };
}

function problemOf(
  { name, version, location }: ConnectorPackage,
  error: unknown,
  connectorId: string | null = null,
): ConnectorProblem {
  const reason = error instanceof RefusedConnector ? error.message : 'It cannot be read.';
  return { package: name, version, connectorId, location, reason };
}

async function inTurns<T, R>(items: readonly T[], atOnce: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = [...items.entries()];
  const next = async (): Promise<void> => {
    for (let entry = queue.shift(); entry; entry = queue.shift()) results[entry[0]] = await work(entry[1]);
  };
  await Promise.all(Array.from({ length: atOnce }, next));
  return results;
}
