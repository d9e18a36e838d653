import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** As many connections as a process keeps at most, whatever it may open: each takes some ten kilobytes. */
const mostConnections = 10_000;

/**
 * How many connections may be open at once: half of the files that the process may open, as it needs others for its
 * database and for providers.
 * @param limits what Linux says of the process; where there is nothing, ten thousand
 */
export function connectionsFor(limits: string): number {
  const files = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
  return files === undefined ? mostConnections : Math.min(mostConnections, Math.max(1, Math.floor(Number(files) / 2)));
}

/**
 * Whoever connects while all places are taken gets that of the connection whose client has been silent for longest: it
 * has no complete request that is being answered. Without this, as many clients as there are files, who connect and say
 * nothing, would keep everybody out, probes and the operator among them.
 * @param max other places, in tests
 */
export function makeRoomWhenCrowded(app: FastifyInstance, max = connectionsFor(readLimits())): void {
  /** With the request that is under way; the one that has been silent for longest comes first. */
  const connections = new Map<Socket, FastifyRequest | undefined>();
  const isAnswered = (request: FastifyRequest | undefined) => request?.raw.complete === true;

  app.server.on('connection', (socket) => {
    connections.set(socket, undefined);
    socket.once('close', () => connections.delete(socket));
    if (connections.size <= max) return;
    for (const [one, request] of connections) {
      if (isAnswered(request)) continue;
      connections.delete(one);
      one.destroy();
      return;
    }
  });
  app.addHook('onRequest', (request, _reply, done) => {
    const { socket } = request.raw;
    if (connections.has(socket)) connections.set(socket, request);
    done();
  });
  app.addHook('onResponse', ({ raw: { socket } }, _reply, done) => {
    // Deleted first: it comes last from now on.
    if (connections.delete(socket)) connections.set(socket, undefined);
    done();
  });
}

function readLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return '';
  }
}
