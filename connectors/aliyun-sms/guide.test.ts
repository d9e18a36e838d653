import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { configGuard } from './config.ts';
import { metadata } from './metadata.ts';
import { refusals } from './refusals.ts';

const readme = await readFile(new URL('./README.md', import.meta.url), 'utf8');
const firstCells = (section: string) => {
  const text = readme.split(`\n## ${section}`)[1]?.split('\n## ')[0] ?? '';
  const rows = text.matchAll(/^\| `([^`]+)` *\| *([^|\n]+?) *\|/gm);
  return [...rows].map(([, cell = '', next = '']) => [cell, next] as const);
};

test('the guide lists the error codes that the connector knows, with the same fault', () => {
  const words = { recipient: 'number', limit: 'limit', configuration: 'configuration', unclear: 'unclear' };
  const known = [...refusals].map(([code, { kind }]) => [code, words[kind]]);
  expect(firstCells('Error codes').sort()).toEqual([...known, ['Throttling', 'limit']].sort());
});

test('the guide lists every key of the configuration and of a template', () => {
  const { shape } = configGuard;
  const documented = firstCells('4. Fill in the form').map(([key]) => key);
  const templateKeys = Object.keys(shape.templates.element.shape);
  expect(documented.sort()).toEqual([...Object.keys(shape), ...templateKeys].sort());
  expect(metadata.formItems.map(({ key }) => key).sort()).toEqual(Object.keys(shape).sort());
});

test('every template example of the guide is valid', () => {
  const examples = [...readme.matchAll(/```json\n(.*?)```/gs)].map((match) => JSON.parse(match[1] ?? ''));
  expect(examples).toHaveLength(4);
  for (const templates of examples) {
    const config = { accessKeyId: 'LTAI5t', accessKeySecret: 'secret', signName: '芝麻', templates };
    expect(configGuard.safeParse(config)).toMatchObject({ success: true });
  }
});
