import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { consoleInputs, withConsoleTools } from './console-tools.mjs';
import { withInstallLock } from './install-lock.mjs';
import { runNode } from './pinned-node.mjs';
import { root } from './root.mjs';
import { stampOf } from './stamp.mjs';

const source = 'packages/console';
const compressible = /\.(js|css|svg)$/;

/**
 * What is made, where there is what it needs, and of what. `stamp` says so; it is written last, so that what broke off
 * does not count.
 */
const products = [
  {
    // Nothing that runs needs them.
    needs: ['node_modules/typescript', source],
    says: 'Making the types of the API.',
    failed: 'The types of the API could not be made; why is said above.',
    file: `${source}/src/api/schema.d.ts`,
    stamp: `${source}/src/api/.inputs`,
    inputs: [
      'packages/server/src',
      'packages/connector-kit/src',
      'packages/server/scripts/write-api-types.ts',
      'package-lock.json',
    ],
    make: () => runNode([join(root, 'packages/server/scripts/write-api-types.ts')]),
  },
  {
    needs: [`${source}/index.html`],
    says: 'Building the Console; this takes a few seconds.',
    failed: 'The Console could not be built; Vite says why above.',
    file: `${source}/dist/index.html`,
    stamp: `${source}/dist/.inputs`,
    inputs: consoleInputs,
    make: bundle,
  },
];

/** Tells whether the Console is there, made of what is there now. */
export const isConsoleMade = () => missing().length === 0;

/**
 * Makes the Console and the types of the API that it is checked against, each when it is missing or was made of
 * something else. @returns 0, or the exit code of what failed
 */
export async function prepareConsole() {
  if (isConsoleMade()) return 0;
  return withInstallLock(root, () => makeAll(missing()));
}

/** Makes both anew. @returns 0, or the exit code of what failed */
export const buildConsole = () => makeAll(wanted());

const wanted = () => products.filter(({ needs }) => needs.every((path) => existsSync(join(root, path))));
const missing = () => wanted().filter((product) => !isMade(product));

async function makeAll(some) {
  const codes = await Promise.all(some.map(make));
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
  const dist = join(root, source, 'dist');
  const code = await withConsoleTools((folder) => {
    const vite = join(folder, 'node_modules/vite/bin/vite.js');
    return runNode([vite, 'build', join(folder, source), '--outDir', dist, '--logLevel', 'warn']);
  });
  if (code === 0) compress(join(dist, 'assets'));
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
