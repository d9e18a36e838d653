import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { createChain, type Link } from '../chain.ts';

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

/** A client's, with the request that is under way on it. */
type Connection = { socket: Socket; request: IncomingMessage | undefined };

/**
 * Whoever connects while all places are taken gets that of the connection whose client has been silent for longest: it
 * has no complete request that is being answered. Without this, as many clients as there are files, who connect and say
 * nothing, would keep everybody out, probes and the operator among them.
 * @param max how many connections there are places for
 */
export function makeRoomWhenCrowded(server: Server, max = connectionsFor(readLimits())): void {
  /** The one that has been silent for longest comes first. */
  const connections = createChain<Connection>();
  const links = new Map<Socket, Link<Connection>>();

  server.on('connection', (socket) => {
    links.set(socket, connections.add({ socket, request: undefined }));
    socket.once('close', () => leave(socket));
    if (links.size <= max) return;
    for (const one of connections) {
      if (one.request?.complete) continue;
      leave(one.socket);
      one.socket.destroy();
      return;
    }
  });
  server.on('request', (request, response) => {
    const { socket } = request;
    const link = links.get(socket);
    if (!link) return;
    link.value.request = request;
    response.once('close', () => {
      // The next request may have come before this answer, and the client may have left.
      if (link.value.request !== request || !links.has(socket)) return;
      link.value.request = undefined;
      connections.remove(link);
      links.set(socket, connections.add(link.value));
    });
  });

  function leave(socket: Socket): void {
    const link = links.get(socket);
    links.delete(socket);
    if (link) connections.remove(link);
  }
}

function readLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return '';
  }
}
