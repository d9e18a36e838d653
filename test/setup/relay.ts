import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { pipeline } from 'node:stream';

/** An address that stays while servers come and go: what a browser has fetched and compiled is kept by address. */
export type Relay = { port: number; leadTo: (url: string) => void };

/** Listens on a free port of this machine until the process ends. */
export async function startRelay(): Promise<Relay> {
  let destination = '';
  const relay = createServer((socket) => {
    const onward = connect(Number(new URL(destination).port), '127.0.0.1');
    // Connections that break are the business of both ends.
    pipeline(socket, onward, socket, () => {});
  });
  relay.listen(0, '127.0.0.1').unref();
  await once(relay, 'listening');
  return {
    port: (relay.address() as AddressInfo).port,
    leadTo(url) {
      destination = url;
    },
  };
}
