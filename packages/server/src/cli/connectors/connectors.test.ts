import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  goodMetadata,
  moduleOf,
  writeConnector,
  writePackage,
} from '../../../../../test/end-to-end/installed-connectors-fixture.ts';
import { runCommand } from '../run-command.ts';

const umask = process.umask();
const main = fileURLToPath(new URL('../main.ts', import.meta.url));

let home: string;
let dataDir: string;
let installed: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'sesame-cli-'));
  dataDir = join(home, 'data');
  installed = join(dataDir, 'connectors');
});
afterEach(() => rm(home, { recursive: true }));

/** Runs a command as its process would; npm has no network there. */
async function sesame(words: string[], env: Record<string, string> = {}) {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env;
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const code = await runCommand(words, {
    cwd: home,
    env: { PATH, HOME: home, NODE_COMPILE_CACHE, npm_config_offline: 'true', SESAME_DATA_DIR: dataDir, ...env },
    print: (line) => void stdout.push(`${line}\n`),
    complain: (line) => void stderr.push(`${line}\n`),
  });
  return { code, stdout: stdout.join(''), stderr: stderr.join('') };
}

/** Runs a command in a process of its own. */
async function run(words: string[]) {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [main, ...words], { env: { PATH, HOME: home, NODE_COMPILE_CACHE } });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
}
const connectors = (...words: string[]) => sesame(['connectors', ...words]);

/** A connectors folder in which the package `mine` was installed. */
let withMine: string;
beforeAll(async () => {
  withMine = await mkdtemp(join(tmpdir(), 'sesame-cli-with-mine-'));
  home = withMine;
  dataDir = join(withMine, 'data');
  await writeConnector(withMine, 'mine');
  expect(await connectors('add', './mine')).toMatchObject({ code: 0 });
});
afterAll(() => rm(withMine, { recursive: true }));
/** As after `connectors add ./mine`. */
async function installMine(): Promise<void> {
  await cp(join(withMine, 'mine'), join(home, 'mine'), { recursive: true });
  await cp(join(withMine, 'data'), dataDir, { recursive: true });
}
const read = (path: string) => readFile(join(installed, path), 'utf8');

test.each([[[]], [['--help']], [['connectors', 'add', '-h']], [['help']]])(
  '%j explains the commands',
  async (words) => {
    expect(await sesame(words)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/add <package.*remove <package/s),
    });
  },
);

test.each([[['connector']], [['connectors', 'lsit']], [['connectors', 'add']], [['connectors', 'add', 'a', 'b']]])(
  '%j is refused with the commands that there are',
  async (words) => {
    const { code, stderr } = await sesame(words);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`does not understand "sesame ${words.join(' ')}"`)]);
  },
);

test('a process says what it has to say, and ends with the code of the command', async () => {
  expect(await run(['help'])).toEqual({ code: 0, stdout: expect.stringMatching(/^Usage: .*\n$/s), stderr: '' });
  const refused = { code: 2, stdout: '', stderr: expect.stringContaining('"sesame connectors lsit"') };
  expect(await run(['connectors', 'lsit'])).toEqual(refused);
});

test('a reader that has had enough is no failure', async () => {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [main, 'help'], {
    env: { PATH, HOME: home, NODE_COMPILE_CACHE },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout?.destroy();
  expect((await once(child, 'close'))[0]).toBe(0);
});

test('nothing is installed at first, and looking makes no folder', async () => {
  expect(await connectors('list')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^No connectors are installed/),
  });
  expect(existsSync(dataDir)).toBe(false);
});

describe('a folder', () => {
  test('is installed for good, without its scripts, with the kit of the server', async () => {
    const ran = join(home, 'ran');
    const script = `node -e "require('fs').writeFileSync('${ran}', '')"`;
    const scripts = Object.fromEntries(
      ['prepare', 'prepack', 'preinstall', 'postinstall'].map((name) => [name, script]),
    );
    const code = `import { defineConnector, z } from '@sesame/connector-kit';
      export default defineConnector({ metadata: ${JSON.stringify(goodMetadata('mine'))},
        configGuard: z.object({}), send: async () => ({}) });`;
    const folder = await writePackage(home, 'mine', {
      manifest: { scripts, peerDependencies: { '@sesame/connector-kit': '^0.1.0' } },
      files: { 'index.js': code },
    });
    const added = await connectors('add', './mine');
    expect(added, added.stderr).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`Added mine 1.0.0: Connector mine (mine), in ${installed}`),
    });
    expect(existsSync(ran)).toBe(false);

    await rename(folder, `${folder}-gone`);
    expect((await connectors('list')).stdout).toBe('mine  Connector mine  (mine 1.0.0)\n');
    const { dependencies } = JSON.parse(await read('package.json'));
    expect(dependencies.mine).toMatch(/^file:\.tarballs\/mine-1\.0\.0-[0-9a-f]{12}\.tgz$/);
    expect(JSON.parse(await read('package-lock.json')).packages['node_modules/mine'].integrity).toMatch(/^sha512-/);

    // The lockfile is enough to install the same again.
    await rm(join(installed, 'node_modules'), { recursive: true });
    const npm = spawn('npm', ['ci', '--offline', '--ignore-scripts'], {
      cwd: installed,
      stdio: 'ignore',
      env: { ...process.env, HOME: home },
    });
    expect((await once(npm, 'close'))[0]).toBe(0);
    expect((await connectors('list')).stdout).toContain('(mine 1.0.0)');
  });

  test('that was changed takes the place of what was installed from it, whatever its version', async () => {
    await installMine();
    await writeConnector(home, 'mine', { module: moduleOf({ ...goodMetadata('mine'), name: { en: 'Changed' } }) });
    expect((await connectors('add', join(home, 'mine'))).stdout).toContain('Added mine 1.0.0: Changed (mine)');
    expect((await connectors('list')).stdout).toBe('mine  Changed  (mine 1.0.0)\n');
    expect(await readdir(join(installed, '.tarballs'))).toHaveLength(1);
  });

  test.each([
    [
      'broken',
      { 'index.js': 'throw new Error("out of order")' },
      /^broken was not added\. It failed while .*out of order\n$/,
    ],
    [
      'a-other',
      { 'index.js': moduleOf(goodMetadata('mine')) },
      /^a-other was not added\. Its id mine is that of mine; remove that one first/,
    ],
  ])('%s that cannot be used is not kept', async (name, files, reason) => {
    await installMine();
    const before = [await read('package.json'), await read('package-lock.json')];
    await writePackage(home, name, { files });
    const { code, stderr } = await connectors('add', `./${name}`);
    expect([code, stderr]).toEqual([1, expect.stringMatching(reason)]);
    expect([await read('package.json'), await read('package-lock.json')]).toEqual(before);
    expect(await readdir(dataDir)).toEqual(['connectors']);
    expect(existsSync(join(installed, 'node_modules', name))).toBe(false);
  });

  test.each([
    ['./nothing', /^There is nothing at .*nothing\.\n$/],
    ['./no-package', /^.*no-package has no package\.json, so it is no package\.\n$/],
    ['no-package', /^npm install failed:\n[\s\S]*write \.\/no-package\.\n$/],
    ['--global', /^--global is no package, folder or tarball\.\n$/],
  ])('%s is refused in words', async (spec, reason) => {
    await mkdir(join(home, 'no-package'));
    const { code, stderr } = await connectors('add', spec);
    expect([code, stderr]).toEqual([1, expect.stringMatching(reason)]);
    expect(existsSync(installed)).toBe(false);
  });
});

test('a tarball is installed like its folder', async () => {
  await installMine();
  const [tarball = ''] = await readdir(join(installed, '.tarballs'));
  await cp(join(installed, '.tarballs', tarball), join(home, 'mine.tgz'));
  await rm(installed, { recursive: true });
  expect(await connectors('add', 'mine.tgz')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Added mine 1.0.0'),
  });
  await rm(join(home, 'mine.tgz'));
  expect((await connectors('list')).stdout).toContain('(mine 1.0.0)');
});

test('a connector is removed by its id or by its package, and with it what it was installed from', async () => {
  const module = moduleOf(goodMetadata('plivo-sms'));
  await writePackage(home, 'scoped', { manifest: { name: '@scope/mine' }, files: { 'index.js': module } });
  await installMine();
  expect((await connectors('add', './scoped')).stdout).toContain('takes the place of the built-in connector');
  expect((await connectors('list')).stdout).toBe(
    'plivo-sms  Connector plivo-sms  (@scope/mine 1.0.0; in the place of the built-in one)\nmine  Connector mine  (mine 1.0.0)\n',
  );
  expect((await connectors('remove', 'plivo-sms')).stdout).toMatch(
    /^Removed @scope\/mine\.\nThe built-in connector .* is back/,
  );
  expect((await connectors('remove', 'mine')).code).toBe(0);
  expect((await connectors('list')).stdout).toMatch(/^No connectors are installed/);
  expect(await readdir(join(installed, '.tarballs'))).toEqual([]);
  expect(await connectors('remove', 'other')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^other is not installed/),
  });
});

test('connectors in SESAME_CONNECTORS_DIR are listed, and only read', async () => {
  const env = { SESAME_CONNECTORS_DIR: join(home, 'own') };
  await writeConnector(join(home, 'own'), 'mine');
  await writeConnector(join(home, 'own'), 'broken', { module: 'throw 1' });
  expect((await sesame(['connectors', 'list'], env)).stdout).toBe(
    'mine  Connector mine  (mine 1.0.0; in SESAME_CONNECTORS_DIR)\nCannot be used:\n  broken 1.0.0: It failed while it was loaded: Error: 1\n',
  );
  expect(await sesame(['connectors', 'remove', 'mine'], env)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Delete its folder there'),
  });
});

test('what a command that was killed has left is put right by the next one, whatever comes of that', async () => {
  const next = async () => {
    expect(await connectors('add', './nothing')).toMatchObject({ code: 1 });
    expect(await readdir(dataDir)).toEqual(['connectors']);
  };
  await installMine();
  await rename(installed, `${installed}.old`);
  await mkdir(`${installed}.999999999.new`);
  await writeFile(join(`${installed}.999999999.new`, 'package.json'), '{');
  await next();
  expect((await connectors('list')).stdout).toMatch(/^mine /);

  await cp(installed, `${installed}.old`, { recursive: true });
  await next();
  expect((await connectors('list')).stdout).toMatch(/^mine /);
});

test('what is installed is private, and what the process makes after it is not', async () => {
  const modeOf = async (...path: string[]) => (await stat(join(withMine, 'data', ...path))).mode & 0o777;
  expect([await modeOf('connectors'), await modeOf('connectors', 'package.json')]).toEqual([0o700, 0o600]);
  expect(process.umask()).toBe(umask);
});

test('without npm it says what is needed', async () => {
  await writeConnector(home, 'mine');
  expect(await sesame(['connectors', 'add', './mine'], { PATH: home })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('npm cannot be run'),
  });
});

test('a folder that cannot be used is named', async () => {
  await writeConnector(home, 'mine');
  await writeFile(dataDir, '');
  expect(await connectors('add', './mine')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^\S+data cannot be read or written \(E\w+\)\. Run the command as the user/),
  });
});

test('the wrong setting is named', async () => {
  expect(await sesame(['connectors', 'list'], { SESAME_PORT: 'x' })).toMatchObject({
    code: 1,
    stderr: 'SESAME_PORT takes a port from 1 to 65535.\n',
  });
});
