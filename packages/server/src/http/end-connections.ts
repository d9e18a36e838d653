import type { FastifyInstance } from 'fastify';

/**
 * Ends each connection after the request that is in flight on it when the server stops. Node ends only those that are
 * idle at that moment; the others would stay open, and the stop wait for them, as long as clients keep them.
 */
export function endConnectionsOnStop(app: FastifyInstance): void {
  let isStopping = false;
  app.addHook('preClose', async () => {
    isStopping = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isStopping) reply.header('connection', 'close');
  });
  // Answers that others write, such as those under /oidc, pass no `onSend`.
  app.addHook('onResponse', async () => {
    if (isStopping) app.server.closeIdleConnections();
  });
}
