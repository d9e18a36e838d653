import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import create from '../example/acme-sms.ts';
import { guideChecks } from './contract-guide-checks.ts';

const refusedExample = '```json\n{ "endpoint": "https://a.example", "key": "k", "templates": [] }\n```';
test.each([
  [
    'right',
    '# Guide\n\n## Settings\n\n| `endpoint` | `key` | Templates |\n\n```json\n{ "other": 1 }\n```',
    '<svg />',
    [],
  ],
  ['without a field', '`endpoint` and `templates`', '<svg />', [1]],
  ['with a field too many', '`endpoint` `key` Templates\n\n## Settings\n\n| `token` | no |', '<svg />', [2]],
  ['with an example that is refused', `\`endpoint\` \`key\` Templates\n\n${refusedExample}`, '<svg />', [3]],
  ['without a logo', '`endpoint` `key` Templates', '', [0]],
])('the contract takes or catches a guide that is %s', async (_, guide, logo, broken) => {
  const folder = await mkdtemp(join(tmpdir(), 'connector-guide-'));
  await writeFile(join(folder, 'README.md'), guide);
  await writeFile(join(folder, 'logo.svg'), logo);
  const checks = guideChecks({ create, folder });
  const results = await Promise.allSettled(checks.map(({ run }) => run()));
  await rm(folder, { recursive: true });
  expect(results.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))).toEqual(broken);
});

test('without a folder there is no guide to check', () => {
  expect(guideChecks({ create })).toEqual([]);
});
