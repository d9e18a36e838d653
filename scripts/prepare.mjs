import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { withInstallLock } from './install-lock.mjs';
import { isInstalled } from './installed.mjs';
import { root } from './root.mjs';

/** Installs the packages of the lockfile unless they are there; ends the process when that fails. */
export async function prepare() {
  if (isInstalled(root)) return;
  const code = await withInstallLock(root, async () => (isInstalled(root) ? 0 : install()));
  if (code !== 0) process.exit(code);
}

async function install() {
  process.stderr.write('Installing packages; this takes a minute the first time.\n');
  const code = await npmCi();
  if (code !== 0) process.stderr.write('The packages could not be installed; npm says why above.\n');
  return code;
}

async function npmCi() {
  // Development dependencies hold the pinned Node, so they are wanted whatever NODE_ENV says.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const npm = spawn('npm', args, {
    cwd: root,
    env: { ...process.env, PATH: pathOutside(root) },
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  const [code] = await once(npm, 'close');
  return code ?? 1;
}

/** npm must not run on the Node that it is about to replace. */
function pathOutside(folder) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((entry) => !entry.startsWith(join(folder, 'node_modules')))
    .join(delimiter);
}
