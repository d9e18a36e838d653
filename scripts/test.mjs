import { prepareConsole } from './console-build.mjs';
import { runNode } from './pinned-node.mjs';
import { prepare } from './prepare.mjs';
import { root } from './root.mjs';

const tsc = ['node_modules/typescript/bin/tsc', '--noEmit'];

await prepare({ development: true });
process.chdir(root);
// None of these keeps two cores busy on its own.
const checks = [check('Format and lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']), checkTypes()];
const failed = (await Promise.all(checks)).find((code) => code !== 0);
process.exitCode =
  failed ?? (await check('Tests', ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)]));

/** The types of the API are made with the Console. */
async function checkTypes() {
  const made = await prepareConsole();
  if (made !== 0) return made;
  const codes = await Promise.all([
    check('Types', tsc),
    // On its own: the SDKs that the tests import say something else of Express's sessions.
    check('Types of the example', [...tsc, '-p', 'examples/web-application']),
  ]);
  return codes.find((code) => code !== 0) ?? 0;
}

async function check(name, args) {
  process.stdout.write(`${name}\n`);
  const code = await runNode(args);
  if (code !== 0) process.stderr.write(`Failed: ${name}. Why is said above.\n`);
  return code;
}
