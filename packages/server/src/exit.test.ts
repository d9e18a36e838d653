import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { newMemoryFolder } from '../../../test/setup/memory-folder.ts';

/** A process that ends while its thread is in a statement without end, or in none. */
const program = `
  import { DatabaseSync } from 'node:sqlite';
  import { exit } from '${new URL('./exit.ts', import.meta.url).href}';
  import { createReader, defaultReaderLimits } from '${new URL('./store/sqlite/reader.ts', import.meta.url).href}';
  const [, file, isEndless] = process.argv;
  const writer = new DatabaseSync(file);
  writer.exec('pragma journal_mode = wal; create table if not exists ticks (n)');
  const tick = () => writer.exec('insert into ticks values (1)');
  tick();
  const reader = createReader(file, { ...defaultReaderLimits, endMs: isEndless ? 10 : 60_000 });
  const read = (sql) => reader.run({ sql, parameters: [] });
  await read('select n from ticks');
  const endless = 'with recursive all_n (n) as (select n from ticks union all select n from all_n) select max(n) from all_n';
  if (isEndless) read(endless).catch(() => {});
  // Whoever reads keeps what was written before from leaving the log.
  const isRead = () => {
    tick();
    return writer.prepare('pragma wal_checkpoint(restart)').get().busy === 1;
  };
  while (isEndless && !isRead()) await new Promise(setImmediate);
  await reader.end();
  exit(0);
`;

test('a process ends although its thread is in a statement without end, and with its code where it is in none', async () => {
  const folder = await newMemoryFolder('sesame-exit-');
  const endOf = async (...isEndless: string[]) => {
    const options = ['--input-type=module', '-e', program, join(folder, `${isEndless}.db`), ...isEndless];
    const child = spawn(process.execPath, options, { stdio: 'inherit' });
    onTestFinished(() => void child.kill('SIGKILL'));
    return once(child, 'exit');
  };
  expect(await Promise.all([endOf('endless'), endOf()])).toEqual([
    [null, 'SIGKILL'],
    [0, null],
  ]);
  await rm(folder, { recursive: true });
});
