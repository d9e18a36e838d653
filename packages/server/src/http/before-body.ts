import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** A part of the body was still to come when it was asked first. */
    wasAwaited: boolean;
  }
}

/**
 * Asks who is calling before anything of the body is read, so that strangers make the server read and check none. It asks
 * again after a body that took its time: whoever calls may have been removed meanwhile.
 * @param ask throws where the request is not to be answered; for everything in the scope of `app`
 */
export function askBeforeBody(
  app: FastifyInstance,
  ask: (request: FastifyRequest, reply: FastifyReply) => Promise<void>,
): void {
  app.decorateRequest('wasAwaited', false);
  app.addHook('onRequest', async (request, reply) => {
    await ask(request, reply);
    request.wasAwaited = !hasArrived(request);
  });
  app.addHook('preValidation', (request, reply, done) => {
    if (!request.wasAwaited) return done();
    ask(request, reply).then(() => done(), done);
  });
}

/** Whether all of a request is here. Node says so a little after it has taken the last of the body. */
const hasArrived = ({ raw }: FastifyRequest): boolean =>
  raw.complete || raw.readableLength >= Number(raw.headers['content-length']);
