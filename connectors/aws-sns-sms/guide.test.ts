import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { configGuard } from './config.ts';
import create from './index.ts';
import { refusals } from './refusals.ts';

describe('the guide', () => {
  const guide = readFile(new URL('README.md', import.meta.url), 'utf8');
  const rowsOf = async (heading: string, row: RegExp) => {
    const section = (await guide).split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
    return [...section.matchAll(row)].map(([, ...cells]) => cells.join(' ')).sort();
  };

  test('tells every error code with its kind', async () => {
    expect(await rowsOf('Errors', /^\| `([^`]+)` +\| (\w+) +\|/gm)).toEqual(
      [...refusals].map(([code, { kind }]) => `${code} ${kind}`).sort(),
    );
  });

  test('and the form tell every key of the configuration', async () => {
    const keys = Object.keys(configGuard.shape).sort();
    const { metadata } = await create({ getConfig: async () => ({}) });
    expect(await rowsOf('Settings', /^\| `(\w+)` +\|/gm)).toEqual(keys);
    expect(metadata.formItems.map(({ key }) => key).sort()).toEqual(keys);
    expect(metadata.formItems.filter(({ isConfidential }) => isConfidential).map(({ key }) => key)).toEqual([
      'accessKeySecret',
      'sessionToken',
    ]);
  });

  test('has an example that is a right configuration', async () => {
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(await guide) ?? [];
    expect(configGuard.safeParse(JSON.parse(example)).success).toBe(true);
  });

  test('lies beside the logo, where the metadata say', async () => {
    const { metadata } = await create({ getConfig: async () => ({}) });
    expect(metadata.readme).toBe('./README.md');
    expect(await readFile(new URL(metadata.logo, import.meta.url), 'utf8')).toMatch(/^<svg /);
  });
});
