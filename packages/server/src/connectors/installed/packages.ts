import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { entryOf, type Manifest } from './package-entry.ts';
import { RefusedConnector } from './refused-connector.ts';

/** Where a package was found: installed by `sesame connectors add`, or in SESAME_CONNECTORS_DIR. */
export type ConnectorLocation = 'data-folder' | 'connectors-folder';

/** A package that should hold a connector. */
export type ConnectorPackage = {
  name: string;
  version: string | null;
  /** Absolute and without symbolic links. */
  folder: string;
  /** The file to import. */
  entry: string;
  /** `logto`: written for the connectors of Logto, which see numbers without a plus. */
  dialect: 'sesame' | 'logto';
  location: ConnectorLocation;
};

/** A connector that is there but cannot be used, and why. */
export type ConnectorProblem = {
  package: string;
  version: string | null;
  connectorId: string | null;
  location: ConnectorLocation;
  /** One sentence for the administrator. */
  reason: string;
};

const maxManifestBytes = 1024 * 1024;
export const kitName = '@sesame/connector-kit';

/**
 * The connectors of a folder in the order of their names: the dependencies of its package.json, and each sub-folder
 * (also below a scope, as in `@scope/name`). A folder that is not there holds none.
 */
export async function findPackages(
  folder: string,
  location: ConnectorLocation,
): Promise<{ packages: ConnectorPackage[]; problems: ConnectorProblem[] }> {
  const packages: ConnectorPackage[] = [];
  const problems: ConnectorProblem[] = [];
  const reason = await whyUnreadable(folder, location);
  if (reason) problems.push({ package: folder, version: null, connectorId: null, location, reason });
  for (const [name, path] of [...(await dependenciesOf(folder)), ...(await subFoldersOf(folder))]) {
    try {
      packages.push(await readPackage(path, location));
    } catch (error) {
      const reason = error instanceof RefusedConnector ? error.message : `It cannot be read (${codeOf(error)}).`;
      problems.push({ package: name, version: null, connectorId: null, location, reason });
    }
  }
  return { packages, problems };
}

async function whyUnreadable(folder: string, location: ConnectorLocation): Promise<string | undefined> {
  const code = await readdir(folder).then(() => undefined, codeOf);
  if (code === undefined || (code === 'ENOENT' && location === 'data-folder')) return undefined;
  if (code === 'ENOENT') return 'There is no such folder; SESAME_CONNECTORS_DIR names it.';
  return `The folder cannot be read (${code}). It has to belong to the user that Sesame runs as.`;
}

/** Reads the package in a folder. @throws RefusedConnector */
export async function readPackage(path: string, location: ConnectorLocation): Promise<ConnectorPackage> {
  const folder = await realpath(path);
  const manifest = await readManifest(folder);
  if (!manifest) throw new RefusedConnector('It has no package.json.');
  const { name, version } = manifest;
  if (typeof name !== 'string' || name === '') throw new RefusedConnector('Its package.json has no name.');
  return {
    name: printable(name),
    version: typeof version === 'string' ? printable(version) : null,
    folder,
    entry: await entryOf(folder, manifest),
    dialect: dialectOf(manifest),
    location,
  };
}

function dialectOf(manifest: Manifest): ConnectorPackage['dialect'] {
  const { dependencies, peerDependencies, devDependencies } = manifest;
  const uses = (kit: string) =>
    [dependencies, peerDependencies, devDependencies].some((list) => list && Object.hasOwn(list, kit));
  return uses('@logto/connector-kit') && !uses(kitName) ? 'logto' : 'sesame';
}

async function dependenciesOf(folder: string): Promise<[string, string][]> {
  const manifest = await readManifest(folder).catch(() => undefined);
  return Object.keys(manifest?.dependencies ?? {})
    .filter((name) => name !== kitName)
    .sort()
    .map((name) => [name, join(folder, 'node_modules', name)]);
}

async function subFoldersOf(folder: string): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for (const name of await visibleNames(folder)) {
    const path = join(folder, name);
    if (!(await isFolder(path))) continue;
    if (!name.startsWith('@')) found.push([name, path]);
    else for (const scoped of await visibleNames(path)) found.push([`${name}/${scoped}`, join(path, scoped)]);
  }
  return found;
}

async function visibleNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => !name.startsWith('.') && name !== 'node_modules').sort();
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function readManifest(folder: string): Promise<Manifest | undefined> {
  const file = join(folder, 'package.json');
  const stats = await stat(file).catch(() => undefined);
  if (!stats?.isFile()) return undefined;
  if (stats.size > maxManifestBytes) throw new RefusedConnector('Its package.json is larger than 1 MB.');
  try {
    const manifest: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof manifest === 'object' && manifest !== null) return manifest as Manifest;
  } catch {}
  throw new RefusedConnector('Its package.json is not a JSON object.');
}

const printable = (text: string) => text.replace(/\p{Cc}/gu, '').slice(0, 214);

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? 'unknown reason';
