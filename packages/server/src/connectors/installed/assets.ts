import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { isInside } from './package-entry.ts';
import type { ConnectorPackage } from './packages.ts';
import { RefusedConnector } from './refused-connector.ts';

const maxImageBytes = 256 * 1024;
const maxReadmeBytes = 1024 * 1024;
const mediaTypes: Record<string, string> = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
};

/** A logo as a data URI. @throws RefusedConnector */
export async function inlineLogo(value: string, from: ConnectorPackage): Promise<string> {
  if (/^data:image\/[\w.+-]+[;,]/.test(value) && value.length <= maxImageBytes * 2) return value;
  const mediaType = mediaTypes[extname(value).toLowerCase()];
  if (!isPath(value) || !mediaType) {
    throw new RefusedConnector('Its logo is neither the path of an image in its folder nor a data URI.');
  }
  const bytes = await readAsset('logo', value, from, maxImageBytes);
  return `data:${mediaType};base64,${bytes.toString('base64')}`;
}

/** A guide as Markdown. @throws RefusedConnector */
export async function inlineReadme(value: string, from: ConnectorPackage): Promise<string> {
  return isPath(value) ? (await readAsset('readme', value, from, maxReadmeBytes)).toString('utf8') : value;
}

const isPath = (value: string) => /^\.{1,2}\//.test(value);

/** Ours are relative to the module, those of Logto to the folder of the package. */
async function readAsset(what: string, path: string, { entry, folder }: ConnectorPackage, maxBytes: number) {
  for (const base of new Set([dirname(entry), folder])) {
    const file = join(base, path);
    const real = await realpath(file).catch(() => undefined);
    const stats = real && (await stat(real));
    if (!real || !stats) continue;
    if (!isInside(folder, real)) throw new RefusedConnector(`Its ${what} is outside of its folder.`);
    if (!stats.isFile()) throw new RefusedConnector(`Its ${what} is not a file.`);
    if (stats.size > maxBytes) throw new RefusedConnector(`Its ${what} is larger than ${maxBytes / 1024} kB.`);
    return readFile(real);
  }
  throw new RefusedConnector(`Its ${what} ${path.slice(0, 100)} is not there.`);
}
