import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const source = fileURLToPath(new URL('.', import.meta.url));

/** From the ground up: a folder imports from floors below its own, and from nothing beside it or above. */
const floors = [
  ['api', 'i18n'],
  ['shell'],
  ['session'],
  ['search'],
  ['frame'],
  ['lists'],
  ['forms', 'mails'],
  ['account', 'administrators', 'applications', 'audit-log', 'development-inbox', 'messages', 'sign-in-experience'],
  ['connectors', 'overview', 'protection', 'resources', 'settings', 'users', 'webhooks'],
];
/** Files beside the folders that every folder may import; the others put the sections together. */
const ground = ['csp.ts', 'theme.ts'];

const floorOf = (folder: string) => floors.findIndex((floor) => floor.includes(folder));

/** What the files in folders import from outside of their own, as `[file, import]`; both start with their folder. */
const imports = globSync('*/**/*.{ts,tsx}', { cwd: source }).flatMap((file) => {
  const text = readFileSync(`${source}/${file}`, 'utf8');
  const relative = [...text.matchAll(/(?:from|import|import\() ?'(\.[^']+)'/g)].map(([, path]) => path as string);
  const paths = relative.map((path) => new URL(path, `file:///packages/console/src/${file}`).pathname);
  const inside = paths.flatMap((path) => path.split('/packages/console/src/')[1] ?? []);
  return inside.filter((path) => folderOf(path) !== folderOf(file)).map((path): [string, string] => [file, path]);
});

function folderOf(path: string): string {
  return path.split('/')[0] as string;
}

test('every folder has its floor', () => {
  const folders = globSync('*/', { cwd: source }).filter((name) => !name.includes('.'));
  expect(folders.toSorted()).toEqual(floors.flat().toSorted());
});

test('folders import from below', () => {
  expect(imports.length).toBeGreaterThan(300);
  const wrong = imports.filter(
    ([file, path]) =>
      !ground.includes(path) && !(floorOf(folderOf(path)) < floorOf(folderOf(file)) && path.includes('/')),
  );
  expect(wrong.map((pair) => pair.join(' imports '))).toEqual([]);
});
