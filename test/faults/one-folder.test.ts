import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../packages/server/src/cli/run-command.ts';
import { type ChildServer, newChildData, startChildServer, startInVain } from '../setup/child-server.ts';

let data: Awaited<ReturnType<typeof newChildData>>;
let running: ChildServer[];
beforeEach(async () => {
  data = await newChildData('SQLite');
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map(({ kill }) => kill('SIGKILL')));
  data.remove();
});

async function start(): Promise<ChildServer> {
  const server = await startChildServer(data.env);
  running.push(server);
  return server;
}

const refusal =
  /^Sesame cannot start: SESAME_DATA_DIR \(.*\) cannot be used: another Sesame works on it\. Stop that one/;

test('a second process on a folder does not start, whatever other commands may; after a kill the next one does', async () => {
  const first = await start();
  expect(await startInVain(data.env)).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(refusal) });
  const printed: string[] = [];
  const terminal = {
    cwd: '/',
    print: (line: string) => printed.push(line),
    complain: (line: string) => printed.push(line),
  };
  for (const words of [
    ['administrators', 'list'],
    ['backup', join(data.env.SESAME_DATA_DIR ?? '', 'backup.db')],
  ]) {
    expect(await runCommand(words, { ...terminal, env: data.env }), printed.join('\n')).toBe(0);
  }
  expect(await first.management.get('/status')).toMatchObject({ status: 204 });

  await first.kill('SIGKILL');
  const second = await start();
  expect(await second.kill('SIGTERM')).toBe(0);
  await start();
});

test('of two that start at once, one does', async () => {
  const outcomes = await Promise.allSettled([start(), start()]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { message: expect.stringMatching(/another Sesame works on it/) },
  });
});

test('a folder that was moved away while its server runs is no hindrance', async () => {
  await start();
  rmSync(data.env.SESAME_DATA_DIR ?? '', { recursive: true });
  await start();
});
