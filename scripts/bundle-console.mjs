import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runNode } from './pinned-node.mjs';

const compressible = /\.(js|css|svg)$/;

/**
 * Makes the Console with Vite.
 * @param tools the folder that holds Vite and the sources of the Console
 * @param dist where it goes
 * @returns the exit code
 */
export async function bundleConsole(tools, dist) {
  const vite = join(tools, 'node_modules/vite/bin/vite.js');
  const sources = join(tools, 'packages/console');
  const code = await runNode([vite, 'build', sources, '--outDir', dist, '--logLevel', 'warn']);
  if (code === 0) compress(join(dist, 'assets'));
  return code;
}

/** The server sends the compressed file to whoever takes it. */
function compress(folder) {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).filter((name) => compressible.test(name))) {
    const content = readFileSync(join(folder, name));
    const compressed = gzipSync(content, { level: 9 });
    if (compressed.length < content.length) writeFileSync(join(folder, `${name}.gz`), compressed);
  }
}
