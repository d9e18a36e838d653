import { cpSync, existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { workspacesOf } from './installed.mjs';
import { npm } from './npm.mjs';
import { root } from './root.mjs';

/** What the Console is made of, relative to the repository. */
export const consoleInputs = [
  'packages/console',
  'packages/connector-kit/src',
  'packages/pages/src/brand-colors.ts',
  'packages/pages/src/language.ts',
  'packages/pages/src/qr-code.ts',
  'packages/pages/src/translations/phrase-tree.ts',
  'docs/create-your-connector.md',
  'package-lock.json',
];

/** Holds a copy of what the Console is made of with the packages that make it, which running does without. */
const folder = join(root, '.console-build');

let installing;

/** Installs the packages that make the Console in a folder of their own, once. @returns npm's exit code */
export function installBuildTools() {
  installing ??= install();
  return installing;
}

/** Runs `work` with a folder that holds the Console's sources and what makes it. @returns its exit code, or npm's */
export async function withBuildTools(work) {
  if (existsSync(join(root, 'node_modules/vite'))) return work(root);
  try {
    return (await installBuildTools()) || (await work(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
    installing = undefined;
  }
}

async function install() {
  rmSync(folder, { recursive: true, force: true });
  const manifests = ['.', ...workspacesOf(root)].map((path) => join(path, 'package.json'));
  for (const path of [...consoleInputs, ...manifests]) {
    cpSync(join(root, path), join(folder, path), { recursive: true, filter: isSource });
  }
  return npm(folder, 'ci', '--include=dev', '--workspace=@sesame/console');
}

const isSource = (path) => !['dist', 'node_modules'].includes(basename(path));
