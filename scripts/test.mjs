import { prepareConsole } from './console-build.mjs';
import { runNode } from './pinned-node.mjs';
import { prepare } from './prepare.mjs';
import { root } from './root.mjs';

const steps = [
  ['Format and lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']],
  ['Types', ['node_modules/typescript/bin/tsc', '--noEmit']],
  // On its own: the SDKs that the tests import say something else of Express's sessions.
  ['Types of the example', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'examples/web-application']],
  ['Tests', ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)]],
];

await prepare({ development: true });
const built = await prepareConsole();
if (built !== 0) process.exit(built);
process.chdir(root);
for (const [name, args] of steps) {
  process.stdout.write(`\n${name}\n`);
  const code = await runNode(args);
  if (code !== 0) process.exit(code);
}
