import { join } from 'node:path';
import { type ServerProcess, startServer } from './server-process.ts';

/** Starts what takes messages in the place of a provider. */
export function startSmsProvider(): Promise<ServerProcess> {
  return startServer({
    file: join(import.meta.dirname, 'servers/sms-endpoint.ts'),
    env: (port) => ({ PORT: String(port) }),
    statusPath: '/status',
  });
}
