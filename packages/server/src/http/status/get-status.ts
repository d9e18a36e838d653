import type { Store } from '../../store/store.ts';
import type { AppInstance } from '../app-instance.ts';
import { noContent } from '../schemas.ts';

/** `GET /api/status`, open to everybody: 204, or 503 while the database is away. */
export function getStatus(app: AppInstance, { store }: { store: Store }): void {
  app.get(
    '/status',
    {
      schema: { tags: ['Status'], summary: 'Whether the server can work', security: [], response: { 204: noContent } },
    },
    async (_request, reply) => {
      await store.ping();
      return reply.code(204).send(null);
    },
  );
}
