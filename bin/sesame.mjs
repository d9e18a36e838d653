#!/usr/bin/env node
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pinnedNode, runNode } from '../scripts/pinned-node.mjs';
import { prepare } from '../scripts/prepare.mjs';
import { root } from '../scripts/root.mjs';

const main = join(root, 'packages/server/src/cli/main.ts');

await prepare();
if (pinnedNode() === process.execPath) await import(pathToFileURL(main).href);
else process.exitCode = await runNode([main, ...process.argv.slice(2)]);
