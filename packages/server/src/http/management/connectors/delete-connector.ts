import type { Connectors } from '../../../connectors/connectors.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, idParams, noContent } from '../../schemas.ts';
import { tags } from './connector-schemas.ts';

/** `DELETE /api/connectors/:id` */
export function deleteConnector(app: AppInstance, { connectors }: { connectors: Connectors }): void {
  app.delete(
    '/connectors/:id',
    {
      config: { role: 'operator', scope: 'all', audit: { action: 'connector.delete', subject: 'connector' } },
      schema: {
        tags,
        summary: 'Delete a connector',
        description:
          'Without the live one, sends answer 501. Its configuration stays under `/api/connectors/history` until it is deleted there. One that is `not-configured` is gone, and the live one stays.',
        params: idParams,
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params }, reply) => {
      await connectors.delete(params.id);
      return reply.code(204).send(null);
    },
  );
}
