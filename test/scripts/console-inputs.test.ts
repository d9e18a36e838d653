import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { consoleInputs } from '../../scripts/build-tools.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a file imports from elsewhere in the repository, relative to the root; types alone are gone when it is built. */
const importedBy = (file: string) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/(?:^import (?!type)[^;]*?|import\()'(\.{1,2}\/[^'?]+)/gm)].map(
    ([, path = '']) => normalize(join(dirname(file), path)),
  );

test('the Console is built of nothing that its build on a server without development packages would lack', () => {
  const sources = globSync(
    consoleInputs.filter((input) => !input.endsWith('.json')).flatMap((input) => [input, `${input}/**/*.{ts,tsx}`]),
    { cwd: root },
  ).filter((file) => /\.tsx?$/.test(file) && !/\.test\.|node_modules|\/scripts\/|vite\.config/.test(file));
  expect(sources.length).toBeGreaterThan(200);
  const lacking = sources.flatMap((file) =>
    importedBy(file)
      .filter((path) => !consoleInputs.some((input) => path === input || path.startsWith(`${input}/`)))
      .map((path) => `${file} imports ${path}`),
  );
  expect(lacking).toEqual([]);
});
