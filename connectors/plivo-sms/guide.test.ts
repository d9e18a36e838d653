import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { configGuard } from './config.ts';
import create from './index.ts';
import { notANumber, refusalsByStatus, refusalsByWords } from './refusals.ts';

describe('the guide', () => {
  const guide = readFile(new URL('README.md', import.meta.url), 'utf8');
  const rowsOf = async (row: RegExp) => [...(await guide).matchAll(row)].map(([, ...cells]) => cells.join(' ')).sort();

  test('tells every refusal with its kind', async () => {
    const refusals = [...refusalsByStatus, ...refusalsByWords, ['not a valid phone number', notANumber] as const];
    expect(await rowsOf(/^\| (?:400 )?“?([a-z0-9]+(?: [a-z0-9]+)*)”? +\| (\w+) +\|/gm)).toEqual(
      refusals.map(([sign, { kind }]) => `${sign} ${kind}`).sort(),
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
