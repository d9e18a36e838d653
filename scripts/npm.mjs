import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { root } from './root.mjs';

const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];

/** Runs npm in a folder. @returns its exit code */
export async function npm(folder, ...args) {
  const child = spawn('npm', [...args, ...quiet], {
    cwd: folder,
    env: { ...process.env, PATH: pathOutside(root) },
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  const [code] = await once(child, 'close');
  return code ?? 1;
}

/** npm must not run on the Node that it is about to replace. */
function pathOutside(folder) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((entry) => !entry.startsWith(join(folder, 'node_modules')))
    .join(delimiter);
}
