import { z } from 'zod';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, idParams, noContent } from '../../schemas.ts';
import { whileAllowed } from '../../while-allowed.ts';
import { connectorSchema, replacesSchema, tags } from './connector-schemas.ts';
import { createDescribe, describeTo, oneConnectorSchema } from './one-connector.ts';

/** `GET /api/connectors/history`, `POST /api/connectors/history/:id/restore`, `DELETE /api/connectors/history/:id` */
export function connectorHistory(
  app: AppInstance,
  { connectors, reports, store }: Pick<Services, 'connectors' | 'reports' | 'store'>,
): void {
  const describe = createDescribe(reports);
  app.get(
    '/connectors/history',
    {
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags,
        summary: 'List the configurations that were live before, newest first',
        response: { 200: z.array(connectorSchema), ...errorResponses() },
      },
    },
    async (request) => (await connectors.previous()).map((connector) => describeTo(request, connector)),
  );
  app.post(
    '/connectors/history/:id/restore',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: { action: 'connector.restore', subject: 'connector', details: ['replaces'] },
      },
      schema: {
        tags,
        summary: 'Make a previous configuration the live one again',
        description: 'It replaces the live connector in one step.',
        params: idParams,
        body: z.object({ replaces: replacesSchema }).nullish(),
        response: { 200: oneConnectorSchema, ...errorResponses('entity.not_found', 'connector.conflict') },
      },
    },
    async (request, reply) =>
      describe(
        request,
        await whileAllowed(store, request, reply, (still) =>
          connectors.restore(request.params.id, request.body?.replaces, still),
        ),
      ),
  );
  app.delete(
    '/connectors/history/:id',
    {
      config: { role: 'operator', scope: 'all', audit: { action: 'connector.forget', subject: 'connector' } },
      schema: {
        tags,
        summary: 'Delete a previous configuration for good, its secrets too',
        params: idParams,
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params }, reply) => {
      await connectors.forget(params.id);
      return reply.code(204).send(null);
    },
  );
}
