import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const source = fileURLToPath(new URL('.', import.meta.url));
const architecture = readFileSync(join(source, '../../../docs/architecture.md'), 'utf8');

/** The rooms of the server from the ground up, each with what it imports, as the table in docs/architecture.md has them. */
const rooms = new Map<string, string[]>();
for (const [, room, cell] of architecture.matchAll(/^\| `(?:packages\/server\/src|…)\/([\w-]+)\/` \|.*\| (.*) \|$/gm)) {
  const names = (cell as string).replace(/ \([^)]*\)/g, '').split(', ');
  const all = names.flatMap((name) => (name === 'every room above' ? [...rooms.keys()] : name.replaceAll('`', '')));
  rooms.set(room as string, all);
}

/** Files that put the rooms together, of which a room imports none unless the table says so. */
const [, last] = /^\| `…\/(configured-store.ts`.*?) \|/m.exec(architecture) ?? [];
const together = new Set(last?.match(/[\w-]+\.\w+/g));

/** What a file imports, by the names of the table; nothing where that stands beside the rooms. */
function nameOf(file: string, path: string): string | undefined {
  const [, own] = /^@sesame\/([\w-]+)/.exec(path) ?? [];
  if (own !== undefined) return ['connector-kit', 'pages'].includes(own) ? own : 'connectors/*';
  if (!path.startsWith('.')) return undefined;
  const [first = ''] = join(dirname(file), path).split('/');
  return rooms.has(first) || together.has(first) ? first : undefined;
}

const imports = globSync('*/**/*.{ts,mjs}', { cwd: source })
  .filter((file) => !file.endsWith('.test.ts'))
  .flatMap((file) => {
    const text = readFileSync(join(source, file), 'utf8');
    const paths = [...text.matchAll(/(?:from|import|import\() ?'([^']+)'/g)].map(([, path]) => path as string);
    const [room = ''] = file.split('/');
    const names = paths.map((path) => nameOf(file, path)).filter((name) => name !== undefined && name !== room);
    return names.map((name) => ({ room, file, name }));
  });

test('the table names every room', () => {
  expect(rooms.size).toBe(16);
  expect([...together]).toContain('services.ts');
  const folders = new Set(imports.map(({ room }) => room));
  expect([...folders].filter((folder) => !rooms.has(folder))).toEqual(['network']);
});

test.each([...rooms])('%s imports what the table of rooms says, and all of it', (room, allowed) => {
  const own = imports.filter((each) => each.room === room);
  const isAllowed = (name: string | undefined) => allowed.some((each) => each === name);
  const wrong = own.filter(({ name }) => !isAllowed(name));
  expect(wrong.map(({ file, name }) => `${file} imports ${name}`)).toEqual([]);
  expect(allowed.filter((each) => !own.some(({ name }) => name === each))).toEqual([]);
});
