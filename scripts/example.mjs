import { join } from 'node:path';
import { runNode } from './pinned-node.mjs';
import { prepare } from './prepare.mjs';
import { root } from './root.mjs';

await prepare();
process.exitCode = await runNode([join(root, 'examples/web-application/main.ts'), ...process.argv.slice(2)]);
