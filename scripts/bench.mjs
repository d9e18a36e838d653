import { join } from 'node:path';
import { runNode } from './pinned-node.mjs';
import { prepare } from './prepare.mjs';
import { prepareProducts } from './products.mjs';
import { root } from './root.mjs';

await prepare({ development: true });
// From its sources the server would start ten times as slowly, and take half as much memory again.
const built = await prepareProducts();
process.exitCode = built || (await runNode([join(root, 'bench/run.ts'), ...process.argv.slice(2)]));
