import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packKit } from '../../../connector-kit/scripts/pack.mjs';
import { makeFolder } from '../make-folder.ts';

const template = fileURLToPath(new URL('../../../connector-kit/template', import.meta.url));
const templateName = 'my-gateway';
/** What work in the template itself may leave there. */
const notOfTheTemplate = new Set(['node_modules', 'package-lock.json', 'vendor']);
const maxNameLength = 100;

/** What `sesame connectors new` was called with. */
export type NewConnector = {
  /** The name of the connector, or a path that ends in it. */
  name: string;
  /** Where the command was run; the connector's own folder is made in it. */
  folder: string;
  /** Takes the text for the terminal, a line or more at a time. */
  print: (text: string) => void;
};

/**
 * Makes a folder with a connector that works as it is: its module, guide, logo, a double of its provider, tests, and the
 * connector kit to run them with.
 * @throws Error that says what to do, when the name cannot be one or the folder exists; nothing is touched then
 */
export async function newConnector({ name: path, folder, print }: NewConnector): Promise<void> {
  const target = resolve(folder, path);
  const name = basename(path);
  checkName(name);
  await makeNewFolder(target);
  try {
    await copyTemplate(target, name);
    await packKit(join(target, 'vendor'));
  } catch (error) {
    await rm(target, { recursive: true, force: true });
    throw error;
  }
  print(nextSteps(name, pathFrom(folder, target)));
}

/** The name is the folder's, the npm package's and the connector's id at once. */
function checkName(name: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > maxNameLength) {
    throw new Error(
      `"${name}" cannot be the name of a connector: use small letters, digits and single hyphens, such as ${templateName}.`,
    );
  }
  if (isBuiltin(name)) throw new Error(`"${name}" is the name of a module of Node; choose another one.`);
}

async function makeNewFolder(target: string): Promise<void> {
  makeFolder(dirname(target));
  await mkdir(target).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? new Error(`${target} exists already; choose another name, or delete it.`) : error;
  });
}

async function copyTemplate(target: string, name: string): Promise<void> {
  const files = (await readdir(template)).filter((file) => !notOfTheTemplate.has(file));
  await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(template, file), 'utf8');
      await writeFile(join(target, file), renamed(text, name));
    }),
  );
}

const titleOf = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');

function renamed(text: string, name: string): string {
  return text.replaceAll(templateName, name).replaceAll(titleOf(templateName), titleOf(name));
}

/** With a dot in front, so that nobody takes it for the name of a package. */
function pathFrom(folder: string, target: string): string {
  const path = relative(folder, target);
  return /^\.\.|:/.test(path) ? path : `./${path}`;
}

const nextSteps = (name: string, path: string) => `${name} is in ${path}. Try it:

  cd ${path}
  npm install
  npm test

Then make it speak your provider's API in index.js, gateway-double.js and README.md, and come back:

  npx sesame connectors add ${path}

docs/create-your-connector.md leads through it.`;
