import { join } from 'node:path';
import { freePort } from '../test/setup/free-port.ts';
import { startServer } from './server-process.ts';

/** Starts what takes mails in the place of a provider, and says where. */
export async function startMailServer(): Promise<{ host: string; port: number }> {
  const port = await freePort();
  await startServer({
    file: join(import.meta.dirname, 'servers/smtp-endpoint.ts'),
    env: (statusPort) => ({ PORT: String(statusPort), SMTP_PORT: String(port) }),
    statusPath: '/status',
  });
  return { host: '127.0.0.1', port };
}
