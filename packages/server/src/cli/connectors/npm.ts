import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CommandError } from '../command-error.ts';

type Env = Readonly<Record<string, string | undefined>>;

const always = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
/** What `npx` and `npm run` tell of the package that they run in, which is not the one that we change. */
const ofAnotherPackage =
  /^npm_(config_(local_prefix|workspaces?|allow_scripts|package_lock|save|global|omit|include)|package_|lifecycle_)/;

/**
 * Runs npm in a folder: the one that runs us, or else the one on the PATH. No scripts of packages run.
 * @returns what it wrote @throws CommandError with npm's own words
 */
export async function npm(args: readonly string[], { folder, env }: { folder: string; env: Env }): Promise<string> {
  const [file, ...before] = commandOf(env);
  const child = spawn(file, [...before, ...args, ...always], {
    cwd: folder,
    env: Object.fromEntries(Object.entries(env).filter(([name]) => !ofAnotherPackage.test(name.toLowerCase()))),
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && file === 'npm',
  });
  let [output, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const [code] = await once(child, 'close').catch(() => {
    throw new CommandError('npm cannot be run. Install Node together with npm, and see that npm is on the PATH.');
  });
  if (code !== 0) throw new CommandError(`npm ${args[0]} failed:\n${wordsOf(errors || output)}`);
  return output;
}

function commandOf(env: Env): [file: string, ...args: string[]] {
  const { npm_execpath: script, npm_node_execpath: node = process.execPath } = env;
  return script?.endsWith('npm-cli.js') ? [node, script] : ['npm'];
}

/** npm's own words without the path of its log, which tells nothing more. */
function wordsOf(errors: string): string {
  const lines = errors.split('\n').map((line) => line.replace(/^npm (error|ERR!) ?/, ''));
  return lines
    .filter((line) => line.trim() !== '' && !/complete log of this run|^npm warn|^ +at /i.test(line))
    .slice(0, 20)
    .map((line) => `  ${line}`)
    .join('\n');
}
