#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pinnedNode, runNode } from '../scripts/pinned-node.mjs';
import { prepare } from '../scripts/prepare.mjs';
import { root } from '../scripts/root.mjs';

const main = join(root, 'packages/server/src/cli/main.ts');

// An image for production has no development dependencies, and with them no Node beside its own, which is the right one.
const isImage = existsSync(join(root, 'node_modules/fastify')) && !existsSync(join(root, 'node_modules/node'));
if (!isImage) await prepare();
if (isImage || pinnedNode() === process.execPath) await import(pathToFileURL(main).href);
else process.exitCode = await runNode([main, ...process.argv.slice(2)]);
