import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const source = fileURLToPath(new URL('.', import.meta.url));
const styles = join(dirname(fileURLToPath(import.meta.resolve('@mantine/core/styles.css'))), 'styles');

test('every component that is used has its stylesheet in mantine.css', () => {
  const imported = globSync('**/*.tsx', { cwd: source }).flatMap((file) => {
    const text = readFileSync(join(source, file), 'utf8');
    const names = /import \{([^}]*)\} from '@mantine\/core';/.exec(text)?.[1] ?? '';
    return names.split(',').map((name) => name.replace(/^\s*type /, '').trim());
  });
  expect(imported).toContain('Button');
  const listed = readFileSync(join(source, 'mantine.css'), 'utf8');
  const missing = [...new Set(imported)].filter(
    (name) => existsSync(join(styles, `${name}.css`)) && !listed.includes(`/${name}.css`),
  );
  expect(missing).toEqual([]);
});

test('the stylesheets come in the order of Mantine, which later ones rely on', () => {
  const whole = readFileSync(join(styles, '../styles.css'), 'utf8');
  const listed = readFileSync(join(source, 'mantine.css'), 'utf8').matchAll(/styles\/(\w+)\.css/g);
  const places = [...listed].flatMap(([, name]) => {
    const first = /\.m_[0-9a-f]+/.exec(readFileSync(join(styles, `${name}.css`), 'utf8'))?.[0];
    return first ? [whole.indexOf(first)] : [];
  });
  expect(places.length).toBeGreaterThan(30);
  expect(places).toEqual(places.toSorted((one, other) => one - other));
});
