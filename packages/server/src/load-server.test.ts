import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sesame-load-'));
  file = join(folder, 'start.cjs');
  write('one');
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (word: string) =>
  writeFileSync(file, `(function (exports) { exports.say = () => console.log(${JSON.stringify(word)}); })`);

/** Loads the file in a process of its own, and keeps what is compiled. @returns what it says */
async function load(env: Record<string, string> = { NODE_COMPILE_CACHE: join(folder, 'compiled') }): Promise<string> {
  const code = `import { loadServer } from ${JSON.stringify(new URL('load-server.mjs', import.meta.url).href)};
    const { say } = await loadServer(${JSON.stringify(file)});
    say();`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code], { env });
  return stdout.trim();
}

const keptIn = (where: string) =>
  readdirSync(where, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.includes('sesame-'))
    .map((path) => join(where, path));
const kept = () => keptIn(join(folder, 'compiled'));

test('compiled code is kept once for each file, and made anew with its source', async () => {
  expect(await load()).toBe('one');
  const [path = ''] = kept();
  const before = readFileSync(path);
  expect(await load()).toBe('one');
  expect(readFileSync(path)).toEqual(before);
  // As long as the one before, which is all that V8 looks at.
  write('two');
  expect(await load()).toBe('two');
  expect(kept()).toEqual([path]);
});

test('code that was damaged is not run, and made anew', async () => {
  await load();
  const [path = ''] = kept();
  const good = readFileSync(path);
  const half = Math.floor(good.length / 2);
  for (const bad of [
    Buffer.alloc(0),
    good.subarray(0, half),
    Buffer.from(good).fill(0, half),
    Buffer.alloc(good.length),
  ]) {
    writeFileSync(path, bad);
    expect(await load()).toBe('one');
    expect(readFileSync(path).length).toBeGreaterThan(half);
    expect(readFileSync(path).equals(bad)).toBe(false);
  }
});

test('code of another source is not run, whoever has put it there', async () => {
  await load();
  const [path = ''] = kept();
  const code = readFileSync(path);
  write('two');
  await load();
  for (const each of kept()) writeFileSync(each, code);
  expect(await load()).toBe('two');
});

test('nothing is kept where everybody may put something', async () => {
  const everybodys = join(folder, 'node-compile-cache');
  await mkdir(everybodys);
  await chmod(everybodys, 0o777);
  expect(await load({ TMPDIR: folder })).toBe('one');
  expect(readdirSync(everybodys)).toEqual([]);
  await chmod(everybodys, 0o755);
  expect(await load({ TMPDIR: folder })).toBe('one');
  expect(keptIn(everybodys)).toHaveLength(1);
});

test('it starts where nothing can be kept', async () => {
  expect(await load({ NODE_DISABLE_COMPILE_CACHE: '1' })).toBe('one');
  writeFileSync(join(folder, 'node-compile-cache'), '');
  expect(await load({ TMPDIR: folder })).toBe('one');
  expect(await load({ TMPDIR: join(folder, 'none') })).toBe('one');
});
