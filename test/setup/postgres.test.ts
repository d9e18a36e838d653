import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const globalSetup = [fileURLToPath(new URL('./postgres.ts', import.meta.url))];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sesame-run-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a run on the database of the tests exits with 1 when a test fails', async () => {
  const config = { test: { globals: true, globalSetup, include: ['*.test.js'] } };
  await writeFile(join(folder, 'package.json'), '{"type": "module"}');
  await writeFile(join(folder, 'vitest.config.js'), `export default ${JSON.stringify(config)};`);
  await writeFile(join(folder, 'run.test.js'), "test('fails', () => expect(1).toBe(2));");
  const run = spawn(process.execPath, [vitest, 'run'], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const output: string[] = [];
  run.stderr.setEncoding('utf8').on('data', (text) => output.push(text));
  const [code] = await once(run, 'close');
  expect(output.join('')).toContain('expected 1 to be 2');
  expect(code).toBe(1);
});
