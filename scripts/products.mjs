import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { consoleInputs, withBuildTools } from './build-tools.mjs';
import { bundleConsole } from './bundle-console.mjs';
import { bundledServer } from './bundled-server.mjs';
import { withInstallLock } from './install-lock.mjs';
import { runNode, serverFlags } from './pinned-node.mjs';
import { root } from './root.mjs';
import { isMade, stampOf } from './stamp.mjs';

const console = 'packages/console';
const server = 'packages/server';

/**
 * What is made, where there is what it needs, and of what. `stamp` says so; it is written last, so that what broke off
 * does not count.
 */
const products = [
  {
    // Nothing that runs needs them.
    needs: ['node_modules/typescript', console],
    says: 'Making the types of the API.',
    failed: 'The types of the API could not be made; why is said above.',
    file: `${console}/src/api/schema.d.ts`,
    stamp: `${console}/src/api/.inputs`,
    inputs: [
      `${server}/src`,
      'packages/connector-kit/src',
      'packages/server/scripts/write-api-types.ts',
      'package-lock.json',
    ],
    make: () => runNode([join(root, 'packages/server/scripts/write-api-types.ts')]),
  },
  {
    needs: [`${console}/index.html`],
    says: 'Building the Console; this takes a few seconds.',
    failed: 'The Console could not be built; Vite says why above.',
    file: `${console}/dist/index.html`,
    stamp: `${console}/dist/.inputs`,
    inputs: consoleInputs,
    make: (tools) => bundleConsole(tools, join(root, console, 'dist')),
  },
  {
    ...bundledServer,
    needs: [`${server}/src`],
    says: 'Putting the server into few files.',
    failed:
      'The server could not be put into few files; why is said above. It starts from its sources, which takes longer.',
    make: async (tools) =>
      (await runNode([join(root, 'scripts/bundle-server.mjs'), tools])) ||
      // The stamp is not there yet, so the file is named.
      runNode([...serverFlags, join(root, `${server}/src/compile.mjs`), join(root, bundledServer.file)]),
  },
];

/** Tells whether everything is there, made of what is there now. */
export const areProductsMade = () => missing().length === 0;

/**
 * Makes what is missing, or was made of something else: the Console, the types of the API that it is checked against,
 * the server in few files. @returns 0, or the exit code of what failed
 */
export async function prepareProducts() {
  if (areProductsMade()) return 0;
  return withInstallLock(root, () => makeAll(missing()));
}

/** Makes all of them anew. @returns 0, or the exit code of what failed */
export const buildProducts = () => makeAll(wanted());

const wanted = () => products.filter(({ needs }) => needs.every((path) => existsSync(join(root, path))));
const missing = () => wanted().filter((product) => !isMade(product));

async function makeAll(some) {
  return withBuildTools(async (tools) => {
    const codes = await Promise.all(some.map((product) => makeOne(product, tools)));
    return codes.find((code) => code !== 0) ?? 0;
  });
}

async function makeOne({ says, failed, stamp, inputs, make }, tools) {
  process.stderr.write(`${says}\n`);
  const madeOf = stampOf(inputs);
  const code = await make(tools);
  if (code === 0) writeFileSync(join(root, stamp), madeOf);
  else process.stderr.write(`${failed}\n`);
  return code;
}
