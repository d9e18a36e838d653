import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const dependencyFields = ['dependencies', 'devDependencies', 'optionalDependencies'];

/**
 * Tells whether node_modules holds what the lockfile names, and the lockfile what every package.json asks for.
 * npm keeps a lockfile of its own in node_modules and writes it last, so an install that broke off does not count.
 * @param development whether that includes what only development needs
 * @see https://docs.npmjs.com/cli/configuring-npm/package-lock-json#hidden-lockfiles
 */
export function isInstalled(root, { development }) {
  const installed = packagesOf(join(root, 'node_modules/.package-lock.json'));
  const wanted = packagesOf(join(root, 'package-lock.json'));
  if (!installed || !wanted) return false;
  return (
    Object.entries(wanted).every(
      ([path, entry]) => path === '' || (entry.dev && !development) || isSame(entry, installed[path]),
    ) && ['', ...workspacesOf(root)].every((path) => agree(wanted[path], readJson(join(root, path, 'package.json'))))
  );
}

/** Tells whether node_modules holds what only development needs, or some of it. */
export function hasDevelopmentPackages(root) {
  return Object.values(packagesOf(join(root, 'node_modules/.package-lock.json')) ?? {}).some(({ dev }) => dev);
}

/** Packages for other platforms are in the lockfile but not in the folder. */
function isSame(wanted, installed) {
  if (!installed) return Boolean(wanted.optional || wanted.devOptional);
  return wanted.version === installed.version && wanted.integrity === installed.integrity;
}

function agree(locked, manifest) {
  return dependencyFields.every((field) => sorted(locked?.[field]) === sorted(manifest?.[field]));
}

function sorted(dependencies = {}) {
  return JSON.stringify(Object.entries(dependencies).sort());
}

/** The folders of the packages of this repository, relative to it. */
export function workspacesOf(root) {
  const folders = readJson(join(root, 'package.json')).workspaces.map((pattern) => pattern.replace('/*', ''));
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((path) => existsSync(join(root, path, 'package.json')));
}

const packagesOf = (lockfile) => readJson(lockfile)?.packages;

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
