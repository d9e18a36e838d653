import { z } from 'zod';
import type { ConnectorConfig } from '../../../connectors/connector-factory.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { logtoConnectorFields } from '../../logto-fields.ts';
import { errorResponses, idParams } from '../../schemas.ts';
import { whileAllowed } from '../../while-allowed.ts';
import { configSchema, tags } from './connector-schemas.ts';
import { createDescribe, oneConnectorSchema } from './one-connector.ts';

/** `PATCH /api/connectors/:id` */
export function updateConnector(
  app: AppInstance,
  { connectors, reports, store }: Pick<Services, 'connectors' | 'reports' | 'store'>,
): void {
  const describe = createDescribe(reports);
  app.patch(
    '/connectors/:id',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: { action: 'connector.update', subject: 'connector' },
        check: async ({ config }: { config?: ConnectorConfig }, { params }) => {
          const { row } = await connectors.get((params as z.infer<typeof idParams>).id);
          return connectors.refusals(row.factory_id, config);
        },
      },
      schema: {
        tags,
        summary: 'Replace the configuration of a connector',
        description:
          'A connector that was `not-configured` goes live with it and replaces the live one in one step. Without `config` nothing changes.',
        params: idParams,
        body: z.object({
          config: configSchema.optional(),
          updatedAt: z
            .int()
            .optional()
            .describe(
              '`updatedAt` of the connector that the caller saw. When it has changed since, the answer is 409.',
            ),
          ...logtoConnectorFields,
        }),
        response: {
          200: oneConnectorSchema,
          ...errorResponses('entity.not_found', 'connector.invalid_config', 'connector.conflict'),
        },
      },
    },
    async (request, reply) => {
      const { config, updatedAt } = request.body;
      return describe(
        request,
        await whileAllowed(store, request, reply, (still) =>
          connectors.update(request.params.id, config, { updatedAt, still }),
        ),
      );
    },
  );
}
