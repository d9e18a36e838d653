import { realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { RefusedConnector } from './refused-connector.ts';

/** What matters of a package.json; none of it can be trusted to be of the right type. */
export type Manifest = {
  name?: unknown;
  version?: unknown;
  main?: unknown;
  exports?: unknown;
  dependencies?: Record<string, unknown>;
  peerDependencies?: Record<string, unknown>;
  devDependencies?: Record<string, unknown>;
};

const conditions = ['node', 'import', 'module-sync', 'default', 'require'];
const usualEntries = ['index.js', 'index.mjs', 'index.cjs', 'index.ts', 'src/index.ts'];

/**
 * The file that `import` of a package loads: what "exports" names for ".", else "main", else index.js or index.ts.
 * @see https://nodejs.org/api/packages.html#package-entry-points
 * @throws RefusedConnector when there is no such file, or when it is outside of the package
 */
export async function entryOf(folder: string, manifest: Manifest): Promise<string> {
  const exported = exportOf(manifest.exports);
  const { main } = manifest;
  const named = exported ?? (typeof main === 'string' ? main : undefined);
  for (const path of named ? [named, `${named}.js`, join(named, 'index.js')] : usualEntries) {
    const file = join(folder, path);
    const stats = await stat(file).catch(() => undefined);
    if (!stats?.isFile()) continue;
    if (isInside(folder, await realpath(file))) return file;
    throw new RefusedConnector(`Its module ${path} is outside of its folder.`);
  }
  throw new RefusedConnector(
    named ? `Its module ${named} is not there.` : 'It has no module: no "main" and no index.js.',
  );
}

/** Whether a path is inside of a folder; both without symbolic links. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !way.startsWith(sep);
}

function exportOf(exports: unknown): string | undefined {
  if (typeof exports === 'string') return exports;
  if (Array.isArray(exports)) return exports.map(exportOf).find(Boolean);
  if (typeof exports !== 'object' || exports === null) return undefined;
  const byKey = exports as Record<string, unknown>;
  if (Object.hasOwn(byKey, '.')) return exportOf(byKey['.']);
  const found = Object.keys(byKey).find((key) => conditions.includes(key) && exportOf(byKey[key]));
  return found && exportOf(byKey[found]);
}
