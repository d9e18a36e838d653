import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from './root.mjs';

const { optionalDependencies, scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** The packages of Node, one for each platform that has one. */
export const nodePackages = Object.keys(optionalDependencies).filter((name) => name.startsWith('node-'));

/** What `npm start` tells V8. Node keeps what is compiled for each user and each set of such flags by itself. */
export const serverFlags = scripts.start.match(/--\S+/g) ?? [];

/**
 * The Node that everything runs on: the one this runs on if it is new enough, else the one from the lockfile. Where
 * there is none, as in an image or on a platform that npm has none for, an older one of the same line does.
 */
export function pinnedNode() {
  const version = optionalDependencies[nodePackages[0]];
  if (isAtLeast(process.versions.node, version)) return process.execPath;
  const [platform, binary] = process.platform === 'win32' ? ['win', 'node.exe'] : [process.platform, 'node'];
  const file = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', binary);
  if (existsSync(file)) return file;
  if (major(process.versions.node) === major(version)) return process.execPath;
  process.stderr.write(
    `Sesame needs Node ${version} or later; this is ${process.versions.node}, and npm has none for ` +
      `${process.platform} on ${process.arch}. Install a later Node.\n`,
  );
  return process.exit(1);
}

const major = (version) => version.split('.')[0];

function isAtLeast(version, floor) {
  const [one, other] = [version, floor].map((text) => text.split('.').map(Number));
  const different = one.findIndex((part, index) => part !== other[index]);
  return different === -1 || one[different] > other[different];
}

/**
 * By default glibc keeps memory apart for up to eight threads per core, and returns less of it the larger the blocks are
 * that it has seen.
 */
const thrifty = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' };

/** Runs Node with these arguments and resolves to its exit code; signals that this process gets are passed on. */
export function runNode(args) {
  // In a group of its own the child gets Ctrl+C once, from here, and not from the terminal as well. Windows has no
  // such groups, and there every process of the console is told anyway.
  const inOwnGroup = process.platform !== 'win32';
  const child = spawn(pinnedNode(), args, {
    stdio: 'inherit',
    detached: inOwnGroup,
    env: { ...thrifty, ...process.env, PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter) },
  });
  const passOn = (signal) => inOwnGroup && child.kill(signal);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, passOn);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}
