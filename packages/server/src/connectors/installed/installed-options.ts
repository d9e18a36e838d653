import { resolve } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import type { Config } from '../../config.ts';
import type { InstalledOptions } from './load-installed.ts';
import type { ConnectorLocation, ConnectorProblem } from './packages.ts';

type Deps = {
  /** Lines for the person at the terminal. */
  print: (line: string) => void;
  /** The server's log, once there is one. */
  log: () => FastifyBaseLogger | undefined;
};

/** The folders that hold installed connectors. */
export function installedFolders({ dataDir, connectorsDir }: Pick<Config, 'dataDir' | 'connectorsDir'>) {
  const folders: { folder: string; location: ConnectorLocation }[] = [
    { folder: resolve(dataDir, 'connectors'), location: 'data-folder' },
  ];
  if (connectorsDir) folders.push({ folder: connectorsDir, location: 'connectors-folder' });
  return folders;
}

/**
 * Where installed connectors are, and what is told of them: what they do that no connector should goes to the log. What
 * they write to the console is shown while developing; in production it is dropped, since it may hold secrets and
 * codes.
 */
export function installedOptions(config: Config, { print, log }: Deps): Omit<InstalledOptions, 'reservedIds'> {
  return {
    folders: installedFolders(config),
    onUncaught: (connector, { name, frames }) =>
      log()?.error({ connector, error: name, frames }, 'a connector did not catch an error of its own'),
    onFault: (connector, error, frames) =>
      log()?.error({ connector, error, frames }, 'a connector failed in a way it should not'),
    ...(!config.isProduction && {
      onOutput: (connector: string, text: string) => print(`[${connector}] ${text.trimEnd().slice(0, 2_000)}\n`),
    }),
  };
}

/** One sentence for the log. */
export function describeProblem({ package: name, version, reason }: ConnectorProblem): string {
  return `The connector ${name}${version ? ` ${version}` : ''} cannot be used. ${reason}`;
}
