import { createDevelopmentInbox } from '@sesame/connector-development-inbox';
import { loadBuiltIn } from '../../connectors/built-in-connectors.ts';
import { developmentInboxIds } from '../../connectors/factories.ts';
import { loadInstalled } from '../../connectors/installed/load-installed.ts';
import type { ConnectorLocation, ConnectorProblem } from '../../connectors/installed/packages.ts';
import { platform } from '../../platform.ts';

/** An installed connector as the commands show it. */
export type ShownConnector = {
  id: string;
  name: string;
  package: string;
  version: string | null;
  location: ConnectorLocation;
  /** It takes the place of a built-in connector. */
  replacesBuiltIn: boolean;
};

/** Loads the connectors of the folders as the server does, and ends them again. */
export async function lookAtConnectors(
  folder: string,
  connectorsDir: string | undefined,
): Promise<{ connectors: ShownConnector[]; problems: ConnectorProblem[] }> {
  const inbox = createDevelopmentInbox({ print: () => {}, now: platform.now });
  const [builtIn, { connectors, problems, close }] = await Promise.all([
    loadBuiltIn({ platform, inbox }),
    loadInstalled({
      folders: [
        { folder, location: 'data-folder' },
        ...(connectorsDir ? [{ folder: connectorsDir, location: 'connectors-folder' as const }] : []),
      ],
      reservedIds: Object.values(developmentInboxIds),
    }),
  ]);
  await close();
  const builtInIds = new Set(builtIn.map(({ metadata }) => metadata.id));
  return {
    problems,
    connectors: connectors.map(({ from, factory: { metadata } }) => ({
      id: metadata.id,
      name: metadata.name.en,
      package: from.name,
      version: from.version,
      location: from.location,
      replacesBuiltIn: builtInIds.has(metadata.id),
    })),
  };
}

/** A package and its version, as in `@scope/name 1.0.0`. */
export const packageOf = ({ package: name, version }: Pick<ShownConnector, 'package' | 'version'>) =>
  version ? `${name} ${version}` : name;
