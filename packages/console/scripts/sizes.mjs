import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

/** What a browser may have to fetch before the first page of the Console is there, in bytes after gzip. */
const budget = 250 * 1024;

/** What the first page takes besides the entry: a language, the sign-in, the frame and the page that `/console` opens. */
const firstModules = [
  'src/i18n/en.ts',
  'src/session/sign-in-page.tsx',
  'src/frame/frame.tsx',
  'src/overview/overview-page.tsx',
];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { output } = await build({
  configFile: join(root, 'vite.config.ts'),
  logLevel: 'warn',
  build: { write: false },
});
const files = new Map(output.map((file) => [file.fileName, file]));
const entry = output.find(({ isEntry }) => isEntry).fileName;
const first = new Set([entry, ...firstModules.map(chunkOf)].flatMap((name) => [...closure(name)]));
report();

function chunkOf(path) {
  const chunk = output.find(({ moduleIds }) => moduleIds?.includes(join(root, path)));
  if (!chunk) throw new Error(`No chunk holds ${path}; see firstModules.`);
  return chunk.fileName;
}

/** A chunk with everything that it imports statically, styles too. */
function closure(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  const { imports = [], viteMetadata } = files.get(name);
  for (const style of viteMetadata?.importedCss ?? []) seen.add(style);
  for (const imported of imports) closure(imported, seen);
  return seen;
}

function compressed(name) {
  const file = files.get(name);
  return gzipSync(file.type === 'chunk' ? file.code : file.source).length;
}

function report() {
  const kB = (bytes) => `${(bytes / 1024).toFixed(1)} kB`.padStart(9);
  const write = (bytes, name) => process.stdout.write(`${kB(bytes)}  ${name}\n`);
  const total = [...first].reduce((sum, name) => sum + compressed(name), 0);
  process.stdout.write(`First load, of ${kB(budget).trim()} at most (gzip):\n`);
  for (const name of first) write(compressed(name), name);
  write(total, 'in all');
  process.stdout.write('\nThe largest of what is fetched when it is needed:\n');
  const later = output.filter(({ fileName, type }) => type === 'chunk' && !first.has(fileName));
  const sized = later.map(({ fileName }) => [compressed(fileName), fileName]).sort(([one], [other]) => other - one);
  for (const [bytes, name] of sized.slice(0, 8)) write(bytes, name);
  if (total > budget) {
    process.stderr.write('The first load is too large.\n');
    process.exitCode = 1;
  }
}
