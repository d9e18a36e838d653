import { join } from 'node:path';
import { type ServerProcess, startServer } from './server-process.ts';

/** Starts what takes messages in the place of a provider, and is busy with each for so many microseconds. */
export function startSmsProvider(busyUs = 0): Promise<ServerProcess> {
  return startServer({
    file: join(import.meta.dirname, 'servers/sms-endpoint.ts'),
    env: (port) => ({ PORT: String(port), BUSY_US: String(busyUs) }),
    statusPath: '/status',
  });
}
