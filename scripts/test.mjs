import { runNode } from './pinned-node.mjs';
import { prepare } from './prepare.mjs';
import { prepareProducts } from './products.mjs';
import { root } from './root.mjs';

// On several threads it does half of the work twice, and the tests have use for the other core.
const tsc = ['node_modules/typescript/bin/tsc', '--noEmit', '--singleThreaded'];

// It keeps nearly all that it makes, so that looking for garbage finds little.
process.env.GOGC ??= '400';

await prepare({ development: true });
process.chdir(root);
// The types of the API are made with the Console, and the tests open it.
process.exitCode = (await prepareProducts()) || (await runAll());

/** Neither of them keeps two cores busy on its own. @returns the first code of exit that is not 0 */
async function runAll() {
  const codes = await Promise.all([
    check('Format and lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']),
    check('Types', tsc),
    // On its own: the SDKs that the tests import say something else of Express's sessions.
    check('Types of the example', [...tsc, '-p', 'examples/web-application']),
    check('Tests', ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)]),
  ]);
  const failed = codes.filter(({ code }) => code !== 0);
  for (const { name } of failed) process.stderr.write(`Failed: ${name}. Why is said above.\n`);
  return failed[0]?.code ?? 0;
}

async function check(name, args) {
  process.stdout.write(`${name}\n`);
  return { name, code: await runNode(args) };
}
