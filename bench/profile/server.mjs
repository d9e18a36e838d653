import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { start } from '../../packages/server/src/start.ts';

/*
 * The server from its sources, so that a profile tells rooms and packages apart; `SIGUSR2` begins a profile and ends it, in
 * a file of `PROFILES`.
 */
const everyMicroseconds = 200;
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.setSamplingInterval', { interval: everyMicroseconds });
let profiles = 0;
let isRunning = false;
process.on('SIGUSR2', async () => {
  isRunning = !isRunning;
  if (isRunning) return session.post('Profiler.start');
  const { profile } = await session.post('Profiler.stop');
  profiles += 1;
  writeFileSync(join(process.env.PROFILES ?? '.', `${profiles}.cpuprofile`), JSON.stringify(profile));
});
await start();
