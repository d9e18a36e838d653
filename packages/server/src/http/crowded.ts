import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

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
 * @param max how many connections there are places for
 */
export function makeRoomWhenCrowded(server: Server, max = connectionsFor(readLimits())): void {
  /** With the request that is under way; the one that has been silent for longest comes first. */
  const connections = new Map<Socket, IncomingMessage | undefined>();

  server.on('connection', (socket) => {
    connections.set(socket, undefined);
    socket.once('close', () => connections.delete(socket));
    if (connections.size <= max) return;
    for (const [one, request] of connections) {
      if (request?.complete) continue;
      connections.delete(one);
      one.destroy();
      return;
    }
  });
  server.on('request', (request, response) => {
    const { socket } = request;
    if (connections.has(socket)) connections.set(socket, request);
    response.once('close', () => {
      // The next request may have come before this answer.
      if (connections.get(socket) !== request) return;
      // Deleted first: it comes last from now on.
      connections.delete(socket);
      connections.set(socket, undefined);
    });
  });
}

function readLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return '';
  }
}
