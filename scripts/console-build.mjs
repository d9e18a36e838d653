import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { withInstallLock } from './install-lock.mjs';
import { runNode } from './pinned-node.mjs';
import { root } from './root.mjs';

const source = 'packages/console';
const dist = join(root, source, 'dist');
/** Says what the build was made of; written last, so that a build that broke off does not count. */
const stampFile = join(dist, '.inputs');
const inputs = [
  source,
  'packages/connector-kit/src',
  'packages/pages/src/brand-colors.ts',
  'docs/create-your-connector.md',
  'package-lock.json',
];
const notInputs = new Set(['dist', 'node_modules']);
const compressible = /\.(js|css|svg)$/;

/** Builds the Console when it is missing or was made of something else. @returns the exit code of the build */
export async function prepareConsole() {
  return isBuilt() ? 0 : withInstallLock(root, async () => (isBuilt() ? 0 : buildConsole()));
}

/** Builds the Console. @returns the exit code of the build */
export async function buildConsole() {
  process.stderr.write('Building the Console; this takes a few seconds.\n');
  const stamp = stampNow();
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const code = await runNode([vite, 'build', join(root, source), '--logLevel', 'warn']);
  if (code !== 0) {
    process.stderr.write('The Console could not be built; Vite says why above.\n');
    return code;
  }
  compress(join(dist, 'assets'));
  writeFileSync(stampFile, stamp);
  return 0;
}

function isBuilt() {
  if (!existsSync(join(root, source, 'index.html'))) return true;
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stampNow();
}

/** A digest of every file that the build is made of. */
function stampNow() {
  const digest = createHash('sha256');
  for (const file of inputs.flatMap(filesOf)) {
    const content = readFileSync(join(root, file));
    // With the length, no file can pass for the end of another.
    digest.update(`${file}\0${content.length}\0`).update(content);
  }
  return digest.digest('hex');
}

function filesOf(path) {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  const names = readdirSync(join(root, path)).filter((name) => !notInputs.has(name));
  return names.sort().flatMap((name) => filesOf(`${path}/${name}`));
}

/** The server sends the compressed file to whoever takes it. */
function compress(folder) {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).filter((name) => compressible.test(name))) {
    const content = readFileSync(join(folder, name));
    const compressed = gzipSync(content, { level: 9 });
    if (compressed.length < content.length) writeFileSync(join(folder, `${name}.gz`), compressed);
  }
}
