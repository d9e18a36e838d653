import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type ConfiguredConnector, describeConnector } from '../../../connectors/configured-connector.ts';
import { withBareAddresses } from '../../../connectors/connector-config.ts';
import type { ConnectorConfig } from '../../../connectors/connector-factory.ts';
import type { DeliveryReports } from '../../../messaging/reports.ts';
import { seesConnectors } from '../../roles.ts';
import { connectorSchema } from './connector-schemas.ts';

/** A connector by itself, with how it hears what became of its messages. */
export const oneConnectorSchema = connectorSchema.extend({
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
});

/** A connector as whoever asks may see it: who may not set connectors up sees no credentials in addresses. */
export function describeTo(request: FastifyRequest, connector: ConfiguredConnector) {
  const described = describeConnector(connector);
  if (seesConnectors(request)) return described;
  return { ...described, config: withBareAddresses(described.config) as ConnectorConfig };
}

/** What every operation on one connector answers with. */
export const createDescribe =
  (reports: Pick<DeliveryReports, 'describe'>) => async (request: FastifyRequest, connector: ConfiguredConnector) => {
    const { reportUrl, reports: heard } = await reports.describe(connector);
    return { ...describeTo(request, connector), reportUrl: seesConnectors(request) ? reportUrl : null, reports: heard };
  };
