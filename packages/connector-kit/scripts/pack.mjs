import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const pathOf = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const compiler = pathOf('../../../node_modules/typescript/bin/tsc');

/**
 * Packs the connector kit as others can install it: compiled JavaScript and types. The repository itself runs the kit
 * from src. Works offline, with the compiler of the repository.
 * @param {string} folder Where the tarball goes; made if need be.
 * @returns {Promise<string>} The path of the tarball.
 */
export async function packKit(folder) {
  const stage = await mkdtemp(join(tmpdir(), 'connector-kit-'));
  try {
    await run(process.execPath, [
      compiler,
      '--project',
      pathOf('../tsconfig.build.json'),
      '--outDir',
      join(stage, 'dist'),
    ]);
    await cp(pathOf('../README.md'), join(stage, 'README.md'));
    await cp(pathOf('../../../LICENSE'), join(stage, 'LICENSE'));
    const manifest = JSON.parse(await readFile(pathOf('../package.json'), 'utf8'));
    await writeFile(join(stage, 'package.json'), `${JSON.stringify(forOthers(manifest), null, 2)}\n`);
    return await npmPack(stage, resolve(folder));
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

/** The same manifest with the compiled files in the place of the sources. */
function forOthers({ private: _, scripts: __, exports, ...manifest }) {
  const compiled = Object.entries(exports).map(([name, source]) => {
    const path = source.replace('./src/', './dist/').replace(/\.ts$/, '');
    return [name, { types: `${path}.d.ts`, default: `${path}.js` }];
  });
  return { ...manifest, exports: Object.fromEntries(compiled) };
}

async function npmPack(source, folder) {
  await mkdir(folder, { recursive: true });
  const args = ['pack', source, '--ignore-scripts', '--loglevel=error', '--pack-destination', folder];
  const { stdout } = await run('npm', args, { cwd: source, shell: process.platform === 'win32' });
  return join(folder, stdout.trim());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${await packKit(process.argv[2] ?? '.')}\n`);
}
