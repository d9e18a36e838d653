import { join } from 'node:path';
import { prepareConsole } from './console-build.mjs';
import { runNode } from './pinned-node.mjs';
import { prepare } from './prepare.mjs';
import { root } from './root.mjs';

await prepare();
const built = await prepareConsole();
process.exitCode = built || (await runNode([join(root, 'bench/budgets/run.ts')]));
