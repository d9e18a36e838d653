import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pinnedNode, runNode } from './pinned-node.mjs';
import { prepare, root } from './prepare.mjs';

const main = join(root, 'packages/server/src/main.mjs');

await prepare();
// A second process would only take memory, so there is one only where this Node is too old.
if (pinnedNode() === process.execPath) await import(pathToFileURL(main).href);
else process.exitCode = await runNode([main, ...process.argv.slice(2)]);
