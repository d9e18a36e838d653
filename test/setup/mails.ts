import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { goodMetadata, moduleOf, writeConnector } from '../end-to-end/installed-connectors-fixture.ts';
import { newMemoryFolder } from './memory-folder.ts';
import type { TestServer } from './server.ts';

/** A mail as a connector gets it. */
type Mail = { to: string; type: string; payload: { code: string; locale?: string } };

/** Mailboxes, and a connector of type Email that fills them. */
export type Mails = {
  /** What a server needs to know the connector. */
  env: Record<string, string>;
  /** Makes the connector live. */
  setUp: (server: Pick<TestServer, 'services'>) => Promise<void>;
  /** What has arrived at an address, spelled like this, oldest first. */
  to: (address: string) => Mail[];
  /** The code of the newest mail at an address, once so many have arrived. */
  codeTo: (address: string, count?: number) => Promise<string>;
  close: () => Promise<void>;
};

const factoryId = 'mailboxes-of-tests';
const post = `
await fetch(config.endpoint, { method: 'POST', body: JSON.stringify({ to: data.to, type: data.type, payload: data.payload }) });
return { providerMessageId: data.messageId };`;

/** Starts mailboxes on this machine. */
export async function startMails(): Promise<Mails> {
  const folder = await newMemoryFolder('sesame-mails-');
  const module = moduleOf(goodMetadata(factoryId), post).replace("type: 'Sms'", "type: 'Email'");
  await writeConnector(folder, factoryId, { module });
  const received: Mail[] = [];
  const endpoint = createServer(async (request, response) => {
    const body = await request.toArray();
    received.push(JSON.parse(Buffer.concat(body).toString()) as Mail);
    response.end();
  });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}`;
  const to = (address: string) => received.filter((mail) => mail.to === address);
  return {
    env: { SESAME_CONNECTORS_DIR: folder },
    async setUp({ services }) {
      await services.connectors.setUp(factoryId, { endpoint: url });
    },
    to,
    async codeTo(address, count = 1) {
      await expect.poll(() => to(address).length).toBe(count);
      return to(address).at(-1)?.payload.code ?? '';
    },
    async close() {
      endpoint.closeAllConnections();
      await new Promise((resolve) => endpoint.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
