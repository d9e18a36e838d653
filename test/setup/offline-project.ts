import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a command printed, and how it ended. */
export type Ended = { exitCode: number; output: string };

/** A folder outside of the repository, where nothing of it can be found by accident. */
export type TemporaryFolder = { path: string; remove: () => Promise<void> };

/** Makes a temporary folder. */
export async function newTemporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), 'sesame-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** What projects with the connector kit need beside it, as `installOffline` takes it. */
export const kitPackages = [
  'zod',
  'html-to-text',
  'jose',
  'libphonenumber-js',
  '@formatjs/intl-localematcher',
  '@formatjs/fast-memoize',
  'typescript',
  '@types/node',
];

/** Runs a command in a folder to its end. */
export function run(folder: string, command: string, ...args: string[]): Promise<Ended> {
  const env = { ...process.env, npm_config_cache: join(folder, '.npm-cache'), npm_config_update_notifier: 'false' };
  return new Promise((resolve) => {
    execFile(command, args, { cwd: folder, env, maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      resolve({ exitCode: error ? Number(error.code) || 1 : 0, output: stdout + stderr });
    });
  });
}

/**
 * Installs a project's packages without a registry: those named are linked from this repository's own node_modules, in
 * the versions that it has; everything else has to be a tarball of the project. npm resolves it all as it would online.
 */
export async function installOffline(folder: string, fromHere: string[]): Promise<Ended> {
  const file = join(folder, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  for (const name of fromHere) {
    manifest.devDependencies = { ...manifest.devDependencies, [name]: `file:${join(root, 'node_modules', name)}` };
  }
  await writeFile(file, JSON.stringify(manifest, null, 2));
  return run(folder, 'npm', 'install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund');
}
