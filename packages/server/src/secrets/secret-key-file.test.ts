import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError } from '../config.ts';
import { loadSecretKey } from './secret-key-file.ts';

let folder: string;
let warnings: string[];
const load = (config: { secretKey?: string; dataDir?: string } = {}) =>
  loadSecretKey(
    { secretKey: config.secretKey, dataDir: config.dataDir ?? join(folder, 'data') },
    { randomBytes, warn: (sentence) => warnings.push(sentence) },
  );

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sesame-key-'));
  warnings = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('the setting wins, and no file is made', async () => {
  expect(load({ secretKey: 'k'.repeat(32) })).toBe('k'.repeat(32));
  expect(await readdir(folder)).toEqual([]);
});

test('makes a key that nobody else can read, and keeps it', async () => {
  const key = load();
  expect(Buffer.from(key, 'base64url')).toHaveLength(32);
  expect(load()).toBe(key);
  expect((await stat(join(folder, 'data/secret.key'))).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700);
  expect(await readdir(join(folder, 'data'))).toEqual(['secret.key']);
  expect(warnings).toEqual([]);
});

test('another folder has another key', () => {
  expect(load()).not.toBe(load({ dataDir: join(folder, 'other') }));
});

test('processes that start at once agree', async () => {
  const script = `
    import { randomBytes } from 'node:crypto';
    import { loadSecretKey } from ${JSON.stringify(new URL('./secret-key-file.ts', import.meta.url).href)};
    process.stdout.write(loadSecretKey({ dataDir: ${JSON.stringify(folder)} }, { randomBytes, warn: () => {} }));`;
  const start = () => promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  const keys = await Promise.all([start(), start(), start(), start()]);
  expect(new Set(keys.map(({ stdout }) => stdout)).size).toBe(1);
  expect(keys[0]?.stdout).toBe(load({ dataDir: folder }));
});

test('a start that loses the race takes the key of the winner', async () => {
  const file = join(folder, 'secret.key');
  const winner = 'the key of the winner, which is long enough';
  const slowly = (size: number) => {
    writeFileSync(file, winner, { mode: 0o600 });
    return randomBytes(size);
  };
  expect(loadSecretKey({ secretKey: undefined, dataDir: folder }, { randomBytes: slowly, warn: () => {} })).toBe(
    winner,
  );
  expect(await readdir(folder)).toEqual(['secret.key']);
});

test('warns of a key file that others can read', async () => {
  load();
  const file = join(folder, 'data/secret.key');
  await chmod(file, 0o644);
  load();
  expect(warnings).toEqual([`Every user of this machine can read ${file}; run: chmod 600 ${file}`]);
});

test('a key file that was cut off stops the start and is left as it is', async () => {
  const file = join(folder, 'secret.key');
  await writeFile(file, 'short', { mode: 0o600 });
  expect(() => load({ dataDir: folder })).toThrow(ConfigError);
  expect(await readFile(file, 'utf8')).toBe('short');
});

test.each([
  ['file', 'it is no folder'],
  ['file/data', 'a part of its path is no folder'],
])('the data folder %s cannot be used, which the start says, with what to do', async (name, why) => {
  await writeFile(join(folder, 'file'), '');
  const dataDir = join(folder, name);
  expect(() => load({ dataDir })).toThrow(
    new ConfigError(
      `SESAME_DATA_DIR (${dataDir}) cannot be used: ${why}. Choose a folder that this user may write to.`,
    ),
  );
});

// Linux says of /proc that a folder is not there, in one that is; a link to nowhere does the same.
test.each(['/proc/sesame/data', 'nowhere'])('the start does not try for ever to make %s', async (name) => {
  await symlink(join(folder, 'not', 'there'), join(folder, 'nowhere'));
  const dataDir = resolve(folder, name);
  expect(() => load({ dataDir })).toThrow(/^SESAME_DATA_DIR \(.*\) cannot be used: .*\. Choose a folder/);
});

test('a pipe in the place of the key file is not waited for', () => {
  execFileSync('mkfifo', [join(folder, 'secret.key')]);
  expect(() => load({ dataDir: folder })).toThrow(/secret\.key cannot be used: it is no file\./);
});

test('a key file that cannot be read stops the start, and is what the line is about', async () => {
  await mkdir(join(folder, 'secret.key'));
  expect(() => load({ dataDir: folder })).toThrow(
    new ConfigError(
      `The key file ${join(folder, 'secret.key')} cannot be used: it is no file. Let this user read it, or set SESAME_SECRET_KEY in its place.`,
    ),
  );
});
