import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { refusals as refusalsOfGateway } from '../aliyun-sms/refusals.ts';
import { configGuard } from './config.ts';
import create from './index.ts';
import { refusals } from './refusals.ts';

describe('the guide', () => {
  const guide = readFile(new URL('README.md', import.meta.url), 'utf8');
  const sectionOf = async (title: string) => (await guide).split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
  const rowsOf = async (section: string, row: RegExp) =>
    [...(await sectionOf(section)).matchAll(row)].map(([, ...cells]) => cells.join(' ')).sort();

  test('tells every error code with its kind, those of the gateway too', async () => {
    const ofGateway = [...refusalsOfGateway].filter(([code]) => !/^is[vp]\./.test(code));
    expect(await rowsOf('Errors', /^\| `([\w.]+)` +\| (\w+) +\|/gm)).toEqual(
      [
        ...[...refusals].map(([code, { kind }]) => `${code} ${kind}`),
        ...ofGateway.map(([code, { kind }]) => `${code} ${kind}`),
        'Throttling limit',
      ].sort(),
    );
  });

  test('and the form tell every key of the configuration', async () => {
    const keys = Object.keys(configGuard.shape).sort();
    const { metadata } = await create({ getConfig: async () => ({}) });
    expect(await rowsOf('Settings', /^\| `(\w+)` +\|/gm)).toEqual(keys);
    expect(metadata.formItems.map(({ key }) => key).sort()).toEqual(keys);
    expect(await readFile(new URL(metadata.logo, import.meta.url), 'utf8')).toMatch(/^<svg /);
  });

  test('has an example that is a right configuration', async () => {
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(await guide) ?? [];
    expect(configGuard.safeParse(JSON.parse(example)).success).toBe(true);
  });
});
