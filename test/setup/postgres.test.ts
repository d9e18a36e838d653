import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newMemoryFolder } from './memory-folder.ts';

const module = new URL('./embedded-postgres.ts', import.meta.url).href;

let folder: string;
beforeEach(async () => {
  folder = await newMemoryFolder('sesame-run-');
  // As root, PostgreSQL runs as a user of its own, which has to reach the folder.
  await chmod(folder, 0o755);
});
afterEach(() => rm(folder, { recursive: true }));

// As the runner of the tests does: it says by the exit code that a test failed, and ends once nothing is left to do.
test('a run on the database of the tests keeps its exit code', async () => {
  const options = { databaseDir: join(folder, 'data'), settings: [] };
  const script = `const { startEmbeddedPostgres } = await import('${module}');
    const { stop } = await startEmbeddedPostgres(${JSON.stringify(options)});
    process.exitCode = 3;
    await stop();`;
  const run = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const output: string[] = [];
  run.stderr.setEncoding('utf8').on('data', (text) => output.push(text));
  const [code] = await once(run, 'close');
  expect(code, output.join('')).toBe(3);
});
