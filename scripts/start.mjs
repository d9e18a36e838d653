import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { letOptimize } from '../packages/server/src/let-optimize.mjs';
import { pinnedNode, runNode } from './pinned-node.mjs';
import { prepare } from './prepare.mjs';
import { prepareProducts } from './products.mjs';
import { root } from './root.mjs';

const main = join(root, 'packages/server/src/main.mjs');

letOptimize(false);
await prepare({ withConsole: true });
stopWithNpm();
// Without the Console the server is of use all the same, and says at /console what is missing.
await prepareProducts();
// A second process would only take memory, so there is one only where this Node is too old.
if (pinnedNode() === process.execPath) await import(pathToFileURL(main).href);
else process.exitCode = await runNode([...process.execArgv, main, ...process.argv.slice(2)]);

/** npm and its shell end on SIGTERM without passing it on; whoever stopped them meant the server. */
function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  timer.unref();
}
