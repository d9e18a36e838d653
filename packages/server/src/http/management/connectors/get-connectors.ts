import { z } from 'zod';
import type { Connectors } from '../../../connectors/connectors.ts';
import type { DeliveryReports } from '../../../messaging/reports.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, idParams } from '../../schemas.ts';
import { connectorSchema, tags } from './connector-schemas.ts';
import { createDescribe, describeTo, oneConnectorSchema } from './one-connector.ts';

/** `GET /api/connectors` and `GET /api/connectors/:id` */
export function getConnectors(
  app: AppInstance,
  { connectors, reports }: { connectors: Connectors; reports: DeliveryReports },
): void {
  const describe = createDescribe(reports);
  app.get(
    '/connectors',
    {
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags,
        summary: 'List the connectors that are set up',
        description:
          'At most one connector of each channel is `live` at any time. Beside it, one may be `not-configured`: it was made without `config`, sends nothing, and goes live with its first one.',
        querystring: z.object({ target: z.string().optional().describe('Only those of this provider.') }),
        response: { 200: z.array(connectorSchema), ...errorResponses() },
      },
    },
    async (request) => {
      const { target } = request.query;
      const all = (await connectors.list()).map((connector) => describeTo(request, connector));
      return all.filter((one) => target === undefined || one.target === target);
    },
  );
  app.get(
    '/connectors/:id',
    {
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags,
        summary: 'Get a connector that is set up',
        params: idParams,
        response: { 200: oneConnectorSchema, ...errorResponses('entity.not_found') },
      },
    },
    async (request) => describe(request, await connectors.get(request.params.id)),
  );
}
