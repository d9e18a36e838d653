import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Ports are below those that the system hands out by itself: another test could be given one of these before the port is
 * used. So that it is given to no other worker either, each has ports of its own, and goes along them.
 */
const [first, ports] = [20_000, 2_000];
const own = first + ports * (Number(process.env.VITEST_POOL_ID ?? 0) % 6);
let last = randomInt(ports);

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  last = (last + 1) % ports;
  const port = own + last;
  const server = createServer().listen(port, '127.0.0.1');
  const isFree = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (!isFree) return freePort();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
