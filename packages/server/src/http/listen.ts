import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Where to listen; tests say what `localhost` stands for. */
type Where = { host: string; port: number; addressesOf?: (host: string) => Promise<string[]> };

/**
 * Listens at a host, and where that is `localhost` at every address it stands for: some clients take the one of IPv4,
 * some that of IPv6. All connections are those of the app's one HTTP server, so that what bounds and ends them holds
 * wherever they come in; Fastify would open another HTTP server for each address but the first.
 * @returns takes nobody in any more at the addresses beside the first, which the app closes
 * @throws what keeps it from listening at the first address; it does without others
 */
export async function listenAt(app: FastifyInstance, { host, port, addressesOf = lookUp }: Where): Promise<() => void> {
  const [first = host, ...others] = host === 'localhost' ? await addressesOf(host) : [];
  await app.listen({ host: first, port });
  const { port: taken } = app.server.address() as AddressInfo;
  const doors: Server[] = [];
  for (const address of others) {
    // As Node makes those of HTTP.
    const door = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
      app.server.emit('connection', socket),
    );
    const isOpen = await once(door.listen(taken, address), 'listening').then(
      () => true,
      () => false,
    );
    if (isOpen) doors.push(door);
  }
  return () => {
    for (const door of doors) door.close();
  };
}

const lookUp = async (host: string) => (await lookup(host, { all: true }).catch(() => [])).map((one) => one.address);
