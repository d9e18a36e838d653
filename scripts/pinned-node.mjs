import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from './root.mjs';

/** The Node that everything runs on: the one this runs on if it is new enough, else the one from the lockfile. */
export function pinnedNode() {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/node/package.json'), 'utf8'));
  if (isAtLeast(process.versions.node, version)) return process.execPath;
  const file = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(file)) return file;
  process.stderr.write(
    `Sesame needs Node ${version} or later; this is ${process.versions.node}, and npm did not fetch that one. ` +
      'Run "npm rebuild node --ignore-scripts=false", or install a later Node.\n',
  );
  return process.exit(1);
}

function isAtLeast(version, floor) {
  const [one, other] = [version, floor].map((text) => text.split('.').map(Number));
  const different = one.findIndex((part, index) => part !== other[index]);
  return different === -1 || one[different] > other[different];
}

/** Runs Node with these arguments and resolves to its exit code; signals that this process gets are passed on. */
export function runNode(args) {
  // In a group of its own the child gets Ctrl+C once, from here, and not from the terminal as well. Windows has no
  // such groups, and there every process of the console is told anyway.
  const inOwnGroup = process.platform !== 'win32';
  const child = spawn(pinnedNode(), args, {
    stdio: 'inherit',
    detached: inOwnGroup,
    env: { ...process.env, PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter) },
  });
  const passOn = (signal) => inOwnGroup && child.kill(signal);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, passOn);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}
