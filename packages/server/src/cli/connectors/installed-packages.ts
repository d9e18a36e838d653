import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kitName } from '../../connectors/installed/packages.ts';

/** Tarballs of folders that were added, so that they can be installed again when the folders are gone. */
export const tarballs = '.tarballs';
const kitFolder = '.connector-kit';

type Manifest = { name?: string; private?: boolean; dependencies?: Record<string, string> };

/** The installed packages and what they were installed from. */
export async function installedPackages(folder: string): Promise<Record<string, string>> {
  const { [kitName]: _, ...packages } = (await readManifest(folder))?.dependencies ?? {};
  return packages;
}

/**
 * Makes a folder one that npm installs into. The server hands its own kit to every connector, so what stands for it here
 * is empty; npm needs it where a connector names the kit as a peer.
 */
export async function prepareFolder(folder: string): Promise<void> {
  const kit = JSON.parse(await readFile(new URL('../../../../connector-kit/package.json', import.meta.url), 'utf8'));
  await mkdir(join(folder, kitFolder), { recursive: true });
  const description = 'Stands for the connector kit, which Sesame hands to every connector itself';
  await writeJson(join(folder, kitFolder, 'package.json'), { name: kitName, version: kit.version, description });
  const manifest: Manifest = (await readManifest(folder)) ?? { name: 'installed-connectors', private: true };
  const dependencies = { ...manifest.dependencies, [kitName]: `file:./${kitFolder}` };
  await writeJson(join(folder, 'package.json'), { ...manifest, dependencies });
}

async function readManifest(folder: string): Promise<Manifest | undefined> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  return text === undefined ? undefined : (JSON.parse(text) as Manifest);
}

const writeJson = (file: string, value: unknown) => writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
