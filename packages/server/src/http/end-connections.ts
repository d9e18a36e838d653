import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createChain, type Link } from '../chain.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Its place among those that are under way. */
    underWay: Link<FastifyRequest> | undefined;
  }
}

/** Limits of Node's HTTP server on slow clients, in milliseconds. Without the last, they are looked at every 30 seconds. */
export const connectionTimeouts = {
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
};

/**
 * From the begin of a stop: how long requests may still come in, and how long answers may take; and how long answers may
 * take whose message has just been sent. In milliseconds.
 */
export const stopMs = { arriving: 1_000, answering: 3_500, afterSends: 500 };

/**
 * After how long a connection is ended on which nothing goes in or out, in milliseconds: the client of a long answer may
 * have stopped reading. No answer takes as long to begin.
 */
export const stallMs = 60_000;

/**
 * Ends every connection when the server stops: after the answer that is under way on it; after a second where there is
 * no complete request; and all of them after three and a half, unless a message is being sent. Node would wait for each
 * client that has connected and says nothing.
 * @param sends resolves when no message is on its way to a provider; who asked for one is answered after that
 * @param limits other ones, in tests
 */
export function endConnectionsOnStop(app: FastifyInstance, sends: () => Promise<void>, limits = stopMs): void {
  const sockets = new Set<Socket>();
  const requests = createChain<FastifyRequest>();
  let stopped: Promise<void> | undefined;
  let noneLeft = () => {};

  app.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  app.decorateRequest('underWay', undefined);
  app.addHook('onRequest', (request, reply, done) => {
    request.underWay = requests.add(request);
    // A client that leaves gets no response.
    reply.raw.once('close', () => end(request));
    done();
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (stopped) reply.header('connection', 'close');
    done();
  });
  // Answers that others write, such as those under /oidc, pass no `onSend`.
  app.addHook('onResponse', (request, _reply, done) => {
    end(request);
    if (stopped) request.raw.socket.destroySoon();
    done();
  });
  app.addHook('preClose', async () => {
    stopped = stop();
  });
  app.addHook('onClose', () => stopped);

  function end(request: FastifyRequest): void {
    if (request.underWay) requests.remove(request.underWay);
    if (requests.size() === 0) noneLeft();
  }

  async function stop(): Promise<void> {
    const answered = new Promise<void>((resolve) => {
      noneLeft = resolve;
    });
    if (requests.size() === 0) noneLeft();
    await Promise.race([answered, pause(limits.arriving)]);
    const busy = new Set([...requests].filter(({ raw }) => raw.complete).map(({ raw }) => raw.socket));
    for (const socket of sockets) if (!busy.has(socket)) socket.destroy();
    await Promise.race([answered, pause(limits.answering - limits.arriving).then(sends)]);
    await Promise.race([answered, pause(limits.afterSends)]);
    for (const socket of sockets) socket.destroy();
  }
}

/** Keeps no process from ending. */
const pause = (milliseconds: number) => wait(milliseconds, undefined, { ref: false });
