import { z } from 'zod';
import { describeConnector } from '../../../connectors/configured-connector.ts';
import type { Connectors } from '../../../connectors/connectors.ts';
import type { DeliveryReports } from '../../../messaging/reports.ts';
import type { AppInstance } from '../../app-instance.ts';
import { seesConnectors } from '../../roles.ts';
import { errorResponses, idParams } from '../../schemas.ts';
import { connectorSchema, tags } from './connector-schemas.ts';

/** How the connector hears what became of its messages. */
const reportsShape = {
  reportUrl: z
    .string()
    .nullable()
    .describe(
      'Where the provider reports what became of messages; null where it reports nothing. It is secret: whoever has it can report, too. It is null for who may not set connectors up.',
    ),
  reports: z
    .object({
      addressIs: z
        .enum(['sent', 'entered'])
        .describe('`sent`: Sesame gives the provider the address with each message. `entered`: enter it there, once.'),
      lastAt: z.int().nullable().describe('When the last report came.'),
      unreported: z.int().describe('How many of its messages were accepted since then, a thousand at most.'),
    })
    .nullable(),
};

/** `GET /api/connectors` and `GET /api/connectors/:id` */
export function getConnectors(
  app: AppInstance,
  { connectors, reports }: { connectors: Connectors; reports: DeliveryReports },
): void {
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
    async ({ query: { target } }) =>
      (await connectors.list()).map(describeConnector).filter((one) => target === undefined || one.target === target),
  );
  app.get(
    '/connectors/:id',
    {
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags,
        summary: 'Get a connector that is set up',
        params: idParams,
        response: { 200: connectorSchema.extend(reportsShape), ...errorResponses('entity.not_found') },
      },
    },
    async (request) => {
      const connector = await connectors.get(request.params.id);
      const { reportUrl, reports: heard } = await reports.describe(connector);
      return { ...describeConnector(connector), reportUrl: seesConnectors(request) ? reportUrl : null, reports: heard };
    },
  );
}
