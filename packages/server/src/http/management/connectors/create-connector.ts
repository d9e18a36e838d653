import { z } from 'zod';
import type { ConnectorConfig } from '../../../connectors/connector-factory.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { logtoConnectorFields } from '../../logto-fields.ts';
import { errorResponses } from '../../schemas.ts';
import { whileAllowed } from '../../while-allowed.ts';
import { configSchema, replacesSchema, tags } from './connector-schemas.ts';
import { createDescribe, oneConnectorSchema } from './one-connector.ts';

/** `POST /api/connectors` */
export function createConnector(
  app: AppInstance,
  { connectors, reports, store }: Pick<Services, 'connectors' | 'reports' | 'store'>,
): void {
  const describe = createDescribe(reports);
  app.post(
    '/connectors',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: { action: 'connector.set-up', subject: 'connector', details: ['connectorId', 'replaces'] },
        check: ({ connectorId, config }: { connectorId?: string; config?: ConnectorConfig }) =>
          connectors.refusals(connectorId, config),
      },
      schema: {
        tags,
        summary: 'Set up a connector',
        description:
          'It becomes the live connector of its channel and replaces the one before in one step. The configuration of the one before is kept under `/api/connectors/history`. Without `config`, a connector that needs one is kept as `not-configured`: it replaces nothing and sends nothing, and goes live when `PATCH` gives it its configuration. One of a channel waits so; another one takes its place.',
        body: z.object({
          connectorId: z.string().describe('Id of the connector factory.'),
          config: configSchema.optional(),
          id: z
            .string()
            .regex(/^(?!history$)[\w-]{1,64}$/, 'Use up to 64 letters, digits, _ and -, and not the word history.')
            .optional()
            .describe('Id of the new connector; made by the server if left out.'),
          replaces: replacesSchema,
          ...logtoConnectorFields,
        }),
        response: {
          200: oneConnectorSchema,
          ...errorResponses(
            'connector.not_found_with_connector_id',
            'connector.invalid_config',
            'connector.conflict',
            'entity.id_in_use',
          ),
        },
      },
    },
    async (request, reply) => {
      const { connectorId, config, id, replaces } = request.body;
      return describe(
        request,
        await whileAllowed(store, request, reply, (still) =>
          connectors.setUp(connectorId, config, { id, replaces, still }),
        ),
      );
    },
  );
}
