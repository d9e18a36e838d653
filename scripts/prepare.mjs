import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installBuildTools } from './build-tools.mjs';
import { withInstallLock } from './install-lock.mjs';
import { hasDevelopmentPackages, isInstalled } from './installed.mjs';
import { npm } from './npm.mjs';
import { nodePackages } from './pinned-node.mjs';
import { areProductsMade } from './products.mjs';
import { root } from './root.mjs';

/** There while packages are added. Outside of node_modules: npm reads all anew where something in it is unknown. */
const adding = join(root, '.adding-packages');

/**
 * Installs what the lockfile names and is not there: what running needs, or what development needs as well. Ends the
 * process when that fails. @param development once there, it stays and is kept up to date
 * @param withConsole installs what makes the Console beside it, if it has to be made
 */
export async function prepare({ development = hasDevelopmentPackages(root), withConsole = false } = {}) {
  const isReady = () => !existsSync(adding) && isInstalled(root, { development });
  if (isReady()) return;
  const code = await withInstallLock(root, async () => {
    if (isReady()) return 0;
    const [installed] = await Promise.all([
      install(development),
      withConsole && !development && !areProductsMade() && installBuildTools(),
    ]);
    return installed;
  });
  if (code !== 0) process.exit(code);
}

async function install(development) {
  const isAddition = !existsSync(adding) && isInstalled(root, { development: false });
  process.stderr.write(
    `${isAddition ? 'Adding what development needs' : 'Installing packages'}; this can take a minute.\n`,
  );
  const code = await (isAddition ? add() : npm(root, 'ci', development ? '--include=dev' : '--omit=dev'));
  if (code !== 0) {
    process.stderr.write('The packages could not be installed; npm says why above.\n');
    return code;
  }
  rmSync(adding, { force: true });
  removeHeaders();
  return code;
}

/** `npm ci` would begin by removing what is there. What breaks off leaves `adding` behind, and is installed anew. */
function add() {
  writeFileSync(adding, '');
  return npm(root, 'install', '--no-save', '--include=dev');
}

/** The packages of Node bring 68 MB of headers, for native modules, of which there are none here. */
function removeHeaders() {
  for (const name of nodePackages) {
    // The folder itself stays as it is: npm compares its time.
    const headers = join(root, 'node_modules', name, 'include');
    if (!existsSync(headers)) continue;
    for (const entry of readdirSync(headers)) rmSync(join(headers, entry), { recursive: true });
  }
}
