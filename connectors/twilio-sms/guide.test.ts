import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { configGuard } from './config.ts';
import create from './index.ts';
import { refusals } from './refusals.ts';

describe('the guide', () => {
  const guide = readFile(new URL('README.md', import.meta.url), 'utf8');
  const rowsOf = async (row: RegExp) => [...(await guide).matchAll(row)].map(([, ...cells]) => cells.join(' ')).sort();

  test('tells every error code with its kind', async () => {
    expect(await rowsOf(/^\| (\d{5}) +\| (\w+) +\|/gm)).toEqual(
      [...refusals].map(([code, { kind }]) => `${code} ${kind}`).sort(),
    );
  });

  test('and the form tell every key of the configuration', async () => {
    const keys = Object.keys(configGuard.shape).sort();
    const connector = await create({ getConfig: async () => ({}) });
    expect(await rowsOf(/^\| `(\w+)` +\|/gm)).toEqual(keys);
    expect(connector.metadata.formItems.map(({ key }) => key).sort()).toEqual(keys);
  });

  test('has an example that is a right configuration', async () => {
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(await guide) ?? [];
    expect(configGuard.safeParse(JSON.parse(example)).success).toBe(true);
  });
});
