import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { withInstallLock } from './install-lock.mjs';
import { runNode } from './pinned-node.mjs';
import { root } from './root.mjs';
import { stampOf } from './stamp.mjs';

const source = 'packages/console';
const compressible = /\.(js|css|svg)$/;

/** What is made, and of what. `stamp` says so; it is written last, so that what broke off does not count. */
const products = [
  {
    says: 'Making the types of the API.',
    failed: 'The types of the API could not be made; why is said above.',
    file: `${source}/src/api/schema.d.ts`,
    stamp: `${source}/src/api/.inputs`,
    inputs: [
      'packages/server/src',
      'packages/connector-kit/src',
      `${source}/scripts/write-api-types.ts`,
      'package-lock.json',
    ],
    make: () => runNode([join(root, source, 'scripts/write-api-types.ts')]),
  },
  {
    says: 'Building the Console; this takes a few seconds.',
    failed: 'The Console could not be built; Vite says why above.',
    file: `${source}/dist/index.html`,
    stamp: `${source}/dist/.inputs`,
    inputs: [
      source,
      'packages/connector-kit/src',
      'packages/pages/src/brand-colors.ts',
      'docs/create-your-connector.md',
      'package-lock.json',
    ],
    make: bundle,
  },
];

/**
 * Makes the Console and the types of the API that it is checked against, each when it is missing or was made of
 * something else. @returns 0, or the exit code of what failed
 */
export async function prepareConsole() {
  if (!existsSync(join(root, source, 'index.html')) || products.every(isMade)) return 0;
  return withInstallLock(root, () => makeAll(products.filter((product) => !isMade(product))));
}

/** Makes both anew. @returns 0, or the exit code of what failed */
export const buildConsole = () => makeAll(products);

async function makeAll(wanted) {
  const codes = await Promise.all(wanted.map(make));
  return codes.find((code) => code !== 0) ?? 0;
}

async function make({ says, failed, stamp, inputs, make }) {
  process.stderr.write(`${says}\n`);
  const madeOf = stampOf(inputs);
  const code = await make();
  if (code === 0) writeFileSync(join(root, stamp), madeOf);
  else process.stderr.write(`${failed}\n`);
  return code;
}

function isMade({ file, stamp, inputs }) {
  if (![file, stamp].every((path) => existsSync(join(root, path)))) return false;
  return readFileSync(join(root, stamp), 'utf8') === stampOf(inputs);
}

async function bundle() {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const code = await runNode([vite, 'build', join(root, source), '--logLevel', 'warn']);
  if (code === 0) compress(join(root, source, 'dist/assets'));
  return code;
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
