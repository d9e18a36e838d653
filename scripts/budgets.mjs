import { join } from 'node:path';
import { runNode } from './pinned-node.mjs';
import { prepare } from './prepare.mjs';
import { prepareProducts } from './products.mjs';
import { root } from './root.mjs';

await prepare();
const built = await prepareProducts();
process.exitCode = built || (await runNode([join(root, 'bench/budgets/run.ts')]));
