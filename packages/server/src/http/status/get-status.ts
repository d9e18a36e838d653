import { z } from 'zod';
import type { Readiness } from '../../store/readiness.ts';
import type { AppInstance } from '../app-instance.ts';
import { noContent, onlyErrorResponses } from '../schemas.ts';

const tags = ['Status'];

/** `GET /api/status`, open to everybody: 204, or 503 while the database is away or takes no writes. */
export function getStatus(app: AppInstance, { readiness }: { readiness: Readiness }): void {
  app.get(
    '/api/status',
    {
      schema: {
        tags,
        summary: 'Whether the server can work',
        description: 'Logto’s name for `/readyz`.',
        security: [],
        // Probes add things against caches, as they may at the other two.
        querystring: z.looseObject({}),
        response: { 204: noContent, ...onlyErrorResponses('system.unavailable') },
      },
    },
    async (_request, reply) => {
      await readiness.check();
      return reply.code(204).send(null);
    },
  );
}
