import { join } from 'node:path';
import { runNode } from './pinned-node.mjs';
import { prepare } from './prepare.mjs';
import { root } from './root.mjs';

await prepare({ development: true });
process.exitCode = await runNode([join(root, 'bench/replay/run.ts'), ...process.argv.slice(2)]);
