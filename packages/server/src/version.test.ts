import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { version } from './version.ts';

test('the version is that of the package, and the changelog has a part for it', () => {
  const at = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
  expect(JSON.parse(at('../package.json')).version).toBe(version);
  expect(at('../../../CHANGELOG.md')).toContain(`## ${version}`);
});
