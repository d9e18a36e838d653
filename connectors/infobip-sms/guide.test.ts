import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { configGuard } from './config.ts';
import create from './index.ts';
import { messageRefusals, requestRefusals } from './refusals.ts';

describe('the guide', () => {
  const guide = readFile(new URL('README.md', import.meta.url), 'utf8');
  const rowsOf = async (row: RegExp) => [...(await guide).matchAll(row)].map(([, ...cells]) => cells.join(' ')).sort();

  test('tells every status of a message with its number and kind', async () => {
    expect(await rowsOf(/^\| `(\w+)` +\| (\d+) +\| (\w+) +\|/gm)).toEqual(
      [...messageRefusals].map(([id, { name, kind }]) => `${name} ${id} ${kind}`).sort(),
    );
  });

  test('tells every code of a request with its kind', async () => {
    expect(await rowsOf(/^\| (E\d{3}) +\| (\w+) +\|/gm)).toEqual(
      [...requestRefusals].map(([code, { kind }]) => `${code} ${kind}`).sort(),
    );
  });

  test('and the form tell every key of the configuration', async () => {
    const keys = Object.keys(configGuard.shape).sort();
    const { metadata } = await create({ getConfig: async () => ({}) });
    expect(await rowsOf(/^\| `(\w+)` +\| (?=yes|no)/gm)).toEqual(keys);
    expect(metadata.formItems.map(({ key }) => key).sort()).toEqual(keys);
    expect(await readFile(new URL(metadata.logo, import.meta.url), 'utf8')).toMatch(/^<svg /);
  });

  test('has an example that is a right configuration', async () => {
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(await guide) ?? [];
    expect(configGuard.safeParse(JSON.parse(example)).success).toBe(true);
  });
});
