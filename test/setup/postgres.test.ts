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

test.each([
  [0, 'passes', 'expect(1).toBe(1)'],
  [1, 'fails', 'expect(1).toBe(2)'],
])('a run on the database of the tests exits with %i when its test %s', async (expected, name, assertion) => {
  const config = { test: { globals: true, globalSetup, include: ['*.test.js'] } };
  await writeFile(join(folder, 'package.json'), '{"type": "module"}');
  await writeFile(join(folder, 'vitest.config.js'), `export default ${JSON.stringify(config)};`);
  await writeFile(join(folder, 'run.test.js'), `test(${JSON.stringify(name)}, () => ${assertion});`);
  const run = spawn(process.execPath, [vitest, 'run'], { cwd: folder, stdio: 'ignore' });
  const [code] = await once(run, 'exit');
  expect(code).toBe(expected);
});
