import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { isInside } from './package-entry.ts';
import type { ConnectorPackage } from './packages.ts';
import { RefusedConnector } from './refused-connector.ts';

const maxImageBytes = 256 * 1024;
const maxReadmeBytes = 1024 * 1024;
const maxConfigTemplateBytes = 64 * 1024;
const maxUrlLength = 2_048;
const mediaTypes: Record<string, string> = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
};

/** A logo as a data URI, or the https URL that it is at; a connector may have none. @throws RefusedConnector */
export async function inlineLogo(key: 'logo' | 'logoDark', value: string, from: ConnectorPackage): Promise<string> {
  if (value === '') return value;
  if (/^[a-z][a-z\d+.-]*:/i.test(value)) return checkLogoUrl(key, value);
  const mediaType = mediaTypes[extname(value).toLowerCase()];
  if (!mediaType) {
    throw new RefusedConnector(
      `Its ${key} is no image: put a file in its folder that ends in ${Object.keys(mediaTypes).join(', ')}.`,
    );
  }
  const bytes = await readAsset(key, value, from, maxImageBytes);
  return `data:${mediaType};base64,${bytes.toString('base64')}`;
}

function checkLogoUrl(key: string, value: string): string {
  const { protocol = '', username, password } = URL.parse(value) ?? {};
  if (protocol === 'https:' && !username && !password && value.length <= maxUrlLength) return value;
  if (protocol === 'data:' && value.length > maxImageBytes * 2) {
    throw new RefusedConnector(`Its ${key} is larger than ${maxImageBytes / 1024} kB.`);
  }
  if (/^data:image\/[\w.+-]+[;,]/i.test(value)) return value;
  throw new RefusedConnector(
    `Its ${key} is at an address that is not shown: use https, a data URI of an image, or a file in its folder.`,
  );
}

/** A guide as Markdown. @throws RefusedConnector */
export const inlineReadme = (value: string, from: ConnectorPackage): Promise<string> =>
  inlineText('readme', value, from, maxReadmeBytes);

/** An example of a configuration as JSON. @throws RefusedConnector */
export const inlineConfigTemplate = (value: string, from: ConnectorPackage): Promise<string> =>
  inlineText('configTemplate', value, from, maxConfigTemplateBytes);

async function inlineText(what: string, value: string, from: ConnectorPackage, maxBytes: number): Promise<string> {
  const mayBePath = /^\.{1,2}\//.test(value) || (await isFileOf(from, value));
  return mayBePath ? (await readAsset(what, value, from, maxBytes)).toString('utf8') : value;
}

/** Paths need no dot in front, but a text is a path only where there is such a file. */
async function isFileOf({ entry, folder }: ConnectorPackage, value: string): Promise<boolean> {
  if (!/^[\w@.-][\w@./ -]{0,254}$/.test(value)) return false;
  const found = [dirname(entry), folder].map((base) => stat(join(base, value)).catch(() => undefined));
  return (await Promise.all(found)).some((stats) => stats?.isFile());
}

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
