import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { CommandError } from '../command-error.ts';
import type { CommandContext } from './command-context.ts';
import { installedPackages, prepareFolder, tarballs } from './installed-packages.ts';
import { lookAtConnectors, packageOf, type ShownConnector } from './look-at-connectors.ts';
import { npm } from './npm.ts';
import { changeFolder } from './staged-change.ts';
import { removeUnusedTarballs } from './unused-tarballs.ts';

/**
 * `sesame connectors add`: installs a package of npm, a folder or a tarball, and loads the connector in it before it
 * says yes. @throws CommandError; nothing has changed then
 */
export async function addConnector(spec: string, context: CommandContext): Promise<void> {
  const { folder, connectorsDir, print } = context;
  if (spec.startsWith('-')) throw new CommandError(`${spec} is no package, folder or tarball.`);
  const added = await changeFolder(folder, async (copy) => {
    await prepareFolder(copy);
    const name = await install(spec, copy, context);
    await removeUnusedTarballs(copy);
    const { connectors, problems } = await lookAtConnectors(copy, connectorsDir);
    const connector = connectors.find((one) => one.package === name && one.location === 'data-folder');
    const other = problems.find((one) => one.connectorId === connector?.id && one.location === 'data-folder');
    if (connector && !other) return connector;
    if (connector && other) {
      const remedy = `remove that one first: npx sesame connectors remove ${other.package}`;
      throw new CommandError(`${name} was not added. Its id ${connector.id} is that of ${other.package}; ${remedy}`);
    }
    const reason = problems.find((one) => one.package === name)?.reason ?? 'There is no connector in it.';
    throw new CommandError(`${name} was not added. ${reason}`);
  });
  for (const line of describe(added, folder)) print(line);
}

/** @returns the name of the package */
async function install(spec: string, folder: string, { cwd, env }: CommandContext): Promise<string> {
  const before = await installedPackages(folder);
  const local = pathOf(spec, cwd);
  const packed = local === undefined ? undefined : await pack(local, folder, env);
  const what = packed ? `file:${packed.file}` : spec;
  const args = ['install', what, '--save-prod', '--save-exact', '--omit=dev', '--package-lock=true'];
  await npm(args, { folder, env }).catch((error: unknown) => {
    const isFolder = !local && existsSync(resolve(cwd, spec));
    if (!(error instanceof CommandError) || !isFolder) throw error;
    throw new CommandError(`${error.message}\nIf you mean the folder or file beside you, write ./${spec}.`);
  });
  const after = await installedPackages(folder);
  const name = packed?.name ?? Object.keys(after).find((key) => after[key] !== before[key]) ?? nameIn(spec);
  if (!Object.hasOwn(after, name)) throw new CommandError(`npm installed ${spec}, but not as a package of its own.`);
  return name;
}

/** As with npm, a path starts with a dot, a slash or a tilde, or ends like a tarball. */
function pathOf(spec: string, cwd: string): string | undefined {
  const path = spec.replace(/^file:/, '');
  const isPath = path !== spec || /^(\.{1,2}$|\.{0,2}[\\/]|~[\\/]|[A-Za-z]:[\\/])/.test(path);
  const isTarball = /\.(tgz|tar\.gz)$/.test(path) && !/^https?:/.test(path);
  if (!isPath && !isTarball) return undefined;
  const full = resolve(cwd, path.replace(/^~(?=[\\/])/, homedir()));
  if (!existsSync(full)) throw new CommandError(`There is nothing at ${full}.`);
  return full;
}

/** Keeps a tarball of what is at a path. Its name tells its content, so that npm never takes one for another. */
async function pack(path: string, folder: string, env: CommandContext['env']) {
  if (!/\.(tgz|tar\.gz)$/.test(path) && !existsSync(join(path, 'package.json'))) {
    throw new CommandError(`${path} has no package.json, so it is no package.`);
  }
  const target = join(folder, tarballs);
  await mkdir(target, { recursive: true });
  const output = await npm(['pack', path, '--json', '--pack-destination', target], { folder, env });
  const [{ name = '', version = '', filename = '' } = {}] = Object.values(JSON.parse(output)) as Packed[];
  const packed = join(target, filename.replace(/^@/, '').replaceAll('/', '-'));
  const digest = createHash('sha256')
    .update(await readFile(packed))
    .digest('hex')
    .slice(0, 12);
  const file = `${name.replace(/^@/, '').replace('/', '-')}-${version}-${digest}.tgz`;
  await rename(packed, join(target, file));
  return { name, file: `./${tarballs}/${file}` };
}
type Packed = { name?: string; version?: string; filename?: string };

/** The name in `name@version` or `@scope/name@version`. */
const nameIn = (spec: string) => spec.replace(/(?<=.)@.*$/s, '');

function* describe(connector: ShownConnector, folder: string): Iterable<string> {
  const { id, name, replacesBuiltIn } = connector;
  yield `Added ${packageOf(connector)}: ${name} (${id}), in ${folder}.`;
  if (replacesBuiltIn) yield 'It takes the place of the built-in connector with the same id until you remove it.';
  yield 'Restart Sesame, then set it up in the Console under Connectors.';
}
