import { z } from 'zod';
import { connectorStates } from '../../../connectors/configured-connector.ts';
import { connectorFactorySchema } from '../connector-factories/get-connector-factories.ts';

const ofSocial = 'Of Logto’s social connectors.';

/** A connector that is set up, or was. */
export const connectorSchema = connectorFactorySchema.extend({
  connectorId: z.string().describe('Id of the connector factory.'),
  state: z
    .enum(connectorStates)
    .describe('`not-configured`: it was made without `config`, and sends nothing until `PATCH` gives it one.'),
  config: z
    .record(z.string(), z.unknown())
    .describe('Secrets are masked. Who may not set connectors up gets addresses without credentials and query.'),
  metadata: z.record(z.string(), z.unknown()),
  syncProfile: z.literal(false).describe(ofSocial),
  enableTokenStorage: z.literal(false).describe(ofSocial),
  extraInfo: z.object({}).describe(ofSocial),
  createdAt: z.int(),
  updatedAt: z.int(),
  origin: z
    .enum(['built-in', 'installed', 'not-installed'])
    .describe('`not-installed`: the module of this connector is not there any more, or cannot be used.'),
});

/** A configuration as it comes in; the connector says what it takes. */
export const configSchema = z
  .record(z.string(), z.unknown())
  .describe('As the form items of the connector factory say. A masked secret that is left as it was stays stored.');

/** The live connector that the caller saw. */
export const replacesSchema = z
  .string()
  .max(128)
  .nullish()
  .describe(
    'Id of the connector that is live, as far as the caller knows; null for none. When another one is, nothing happens and the answer is 409. Left out, whichever is live is replaced.',
  );

export const tags = ['Connectors'];
