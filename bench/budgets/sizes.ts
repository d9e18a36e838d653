import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { script, stylesheet } from '../../packages/pages/src/assets.ts';
import type { Figures, sizeBudgets } from './budgets.ts';

const root = join(import.meta.dirname, '../..');
const dist = join(root, 'packages/console/dist');

/**
 * What things take: MB and kB of 10^6 and 10^3 bytes.
 * @throws when the Console is not built
 */
export function measureSizes(): Figures<typeof sizeBudgets> {
  const console = consoleSizes();
  return {
    packages: bytesOfPackages() / 1e6,
    consoleFirstLoad: console.firstLoad / 1e3,
    consoleLargestPart: console.largestPart / 1e3,
    pagesScript: Buffer.byteLength(script.content) / 1e3,
    pagesStylesheet: Buffer.byteLength(stylesheet.content) / 1e3,
  };
}

type LockedPackage = { dev?: boolean; link?: boolean };

/** Of all packages that are there without development: what they hold, each file at its length. */
function bytesOfPackages(): number {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(lock.packages as Record<string, LockedPackage>)
    .filter(([path, { dev, link }]) => path.startsWith('node_modules/') && !dev && !link)
    .reduce((total, [path]) => total + bytesIn(join(root, path)), 0);
}

/** Packages inside of packages are in the lockfile by themselves; those for other platforms are not there. */
function bytesIn(folder: string): number {
  const entries = statSync(folder, { throwIfNoEntry: false }) ? readdirSync(folder, { withFileTypes: true }) : [];
  return entries
    .filter(({ name }) => name !== 'node_modules')
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return bytesIn(path);
      return entry.isFile() ? statSync(path).size : 0;
    })
    .reduce((total, bytes) => total + bytes, 0);
}

/** What the first page takes besides the entry: a language, the sign-in, the frame and what `/console` opens. */
const firstModules = [
  'index.html',
  'src/i18n/en-first.ts',
  'src/session/sign-in-page.tsx',
  'src/frame/frame.tsx',
  'src/overview/overview-page.tsx',
];

/** @see https://vite.dev/guide/backend-integration */
type Manifest = Record<string, { file: string; css?: string[]; imports?: string[] }>;

function consoleSizes(): { firstLoad: number; largestPart: number } {
  const manifest: Manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
  const first = new Set(firstModules.flatMap((name) => filesOf(manifest, name)));
  const later = Object.values(manifest).flatMap(({ file }) => (first.has(file) ? [] : [compressedBytes(file)]));
  return {
    firstLoad: [...first].reduce((total, file) => total + compressedBytes(file), 0),
    largestPart: Math.max(...later),
  };
}

/** A part with everything that it imports at once, styles too. */
function filesOf(manifest: Manifest, name: string, seen = new Set<string>()): string[] {
  const part = manifest[name];
  if (!part) throw new Error(`The Console has no part ${name}; see firstModules.`);
  if (seen.has(name)) return [];
  seen.add(name);
  const imported = (part.imports ?? []).flatMap((one) => filesOf(manifest, one, seen));
  return [part.file, ...(part.css ?? []), ...imported];
}

const compressedBytes = (file: string) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
