import { z } from 'zod';
import { connectorFactorySchema } from '../connector-factories/get-connector-factories.ts';

/** A connector that is set up, or was. */
export const connectorSchema = connectorFactorySchema.extend({
  connectorId: z.string().describe('Id of the connector factory.'),
  config: z.record(z.string(), z.unknown()).describe('Secrets are masked.'),
  metadata: z.record(z.string(), z.unknown()),
  createdAt: z.int(),
  updatedAt: z.int(),
});

/** A configuration as it comes in; the connector says what it takes. */
export const configSchema = z
  .record(z.string(), z.unknown())
  .describe('As the form items of the connector factory say. A masked secret that is left as it was stays stored.');

export const tags = ['Connectors'];
