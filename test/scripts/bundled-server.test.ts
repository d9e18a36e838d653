import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { bundledServer, serverFile } from '../../scripts/bundled-server.mjs';
import { prepareProducts } from '../../scripts/products.mjs';
import { isMade } from '../../scripts/stamp.mjs';
import { newMemoryFolder } from '../setup/memory-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

beforeAll(async () => expect(await prepareProducts()).toBe(0));

test('what starts is the server in few files, where it is made of the sources that are there', () => {
  expect(serverFile()).toBe(join(root, bundledServer.file));
});

test('it does not count where it is made of something else', () => {
  expect(isMade(bundledServer)).toBe(true);
  expect(isMade({ ...bundledServer, inputs: [...bundledServer.inputs, 'README.md'] })).toBe(false);
  expect(isMade({ ...bundledServer, file: 'packages/server/dist/none.cjs' })).toBe(false);
});

test('every package of the repository that the server is made of is among its inputs', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'packages/server/package.json'), 'utf8'));
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const folders = Object.keys(dependencies)
    .filter((name) => name.startsWith('@sesame/'))
    .map((name) => packages[`node_modules/${name}`].resolved as string);
  expect(folders.length).toBeGreaterThan(15);
  const isInput = (folder: string) =>
    bundledServer.inputs.some((input) => `${folder}/src`.startsWith(`${input}/`) || `${folder}/src` === input);
  expect(folders.filter((folder) => !isInput(folder))).toEqual([]);
});

test('nothing in it asks for its own place, which is elsewhere', () => {
  const code = readFileSync(join(root, bundledServer.file), 'utf8');
  expect(code).not.toMatch(/\bimport\.meta\.|\{\}\.(url|dirname|resolve)\b|\b__dirname\b/);
});

test('what few servers ask for is not read by the others', () => {
  const folder = join(root, dirname(bundledServer.file));
  const code = readFileSync(join(root, bundledServer.file), 'utf8');
  for (const id of ['glob', 'html-to-text', 'nodemailer', 'postcss', 'yaml']) {
    expect(existsSync(join(folder, `${id}.cjs`)), id).toBe(true);
    expect(code, id).not.toMatch(new RegExp(`^// node_modules/${id}/`, 'm'));
    expect(code.split('\n').filter((line) => line.includes(`require("./${id}.cjs")`))).not.toContainEqual(
      expect.stringMatching(/^const/),
    );
  }
});

test('every thread that it starts is beside it', () => {
  const folder = join(root, dirname(bundledServer.file));
  const started = readdirSync(folder)
    .filter((name) => name.endsWith('.cjs'))
    .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/new URL\("\.\/([\w-]+\.cjs)"/g)])
    .map(([, file]) => file as string);
  expect(started).toContain('simulation-thread.cjs');
  expect(started.filter((file) => !existsSync(join(folder, file)))).toEqual([]);
});

test('what was compiled is found again by the next start, and loading optimizes nothing', async () => {
  const folder = await newMemoryFolder('sesame-compiled-');
  const load = () =>
    execFileSync(process.execPath, ['--trace-opt', 'packages/server/src/compile.mjs', join(root, bundledServer.file)], {
      cwd: root,
      env: { ...process.env, NODE_COMPILE_CACHE: folder },
      encoding: 'utf8',
    });
  const kept = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.includes('sesame-'))
      .map((name) => statSync(join(folder, name)).ino);
  load();
  const first = kept();
  const optimized = load().matchAll(/compiling method \w+ <JSFunction (\w+)/g);
  expect(first).toHaveLength(1);
  expect(kept()).toEqual(first);
  // Node asks its own way to the first file, before anything of ours runs.
  const ofNode = ['isPosixPathSeparator', 'normalizeString'];
  expect([...optimized].map(([, name]) => name).filter((name) => !ofNode.includes(name as string))).toEqual([]);
});

test('the image is compiled beforehand by the user and with the flags that it starts with: no other start finds it', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const flags: string[] = scripts.start.match(/--\S+/g);
  const lines = readFileSync(join(root, 'Dockerfile'), 'utf8').split('\n');
  const [user, compile] = ['USER node', `RUN node ${flags.join(' ')} packages/server/src/compile.mjs`];
  expect(lines.filter((line) => line === user || line.includes('compile.mjs'))).toEqual([user, compile]);
  const start = JSON.parse(lines.find((line) => line.startsWith('CMD '))?.slice('CMD '.length) ?? '[]');
  expect(start).toEqual(['node', ...flags, 'packages/server/src/main.mjs']);
});
