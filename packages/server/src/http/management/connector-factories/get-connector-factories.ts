import { z } from 'zod';
import type { ConnectorFactory } from '../../../connectors/connector-factory.ts';
import type { ConnectorFactories } from '../../../connectors/factories.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, idParams } from '../../schemas.ts';

const phrases = z.object({ en: z.string() }).catchall(z.string());

/** What can be set up, as a person sees it. */
export const connectorFactorySchema = z.object({
  id: z.string(),
  type: z.string(),
  target: z.string(),
  platform: z.null(),
  name: phrases,
  description: phrases,
  logo: z.string().describe('A data URI or an https URL; empty where a connector has none.'),
  logoDark: z.string().nullable(),
  readme: z.string().describe('Markdown.'),
  translations: z
    .record(
      z.string(),
      z.object({
        readme: z.string().optional(),
        meanings: z.record(z.string(), z.string()).optional(),
        sentences: z.record(z.string(), z.string()).optional(),
      }),
    )
    .optional()
    .describe(
      'The guide in other languages, what the provider’s own codes mean in them, and the connector’s own sentences by the English ones, with `{name}` for what differs each time.',
    ),
  formItems: z.array(z.looseObject({ key: z.string(), type: z.string(), label: z.string() })),
  configTemplate: z.string().optional().describe('An example of a configuration, as JSON.'),
  isDemo: z.boolean().optional(),
  origin: z
    .enum(['built-in', 'installed'])
    .describe('An installed connector with the id of a built-in one takes its place until it is removed.'),
  package: z
    .object({ name: z.string(), version: z.string().nullable() })
    .nullable()
    .describe('The npm package of an installed connector.'),
});

const describe = ({ type, metadata, origin }: ConnectorFactory) => ({ type, ...metadata, ...origin });

const tags = ['Connector factories'];

/** `GET /api/connector-factories` and `GET /api/connector-factories/:id` */
export function getConnectorFactories(app: AppInstance, { factories }: { factories: ConnectorFactories }): void {
  app.get(
    '/connector-factories',
    {
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags,
        summary: 'List the connectors that can be set up',
        response: { 200: z.array(connectorFactorySchema), ...errorResponses() },
      },
    },
    async () => factories.list().map(describe),
  );
  app.get(
    '/connector-factories/:id',
    {
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags,
        summary: 'Get a connector that can be set up',
        params: idParams,
        response: { 200: connectorFactorySchema, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params }) => describe(factories.get(params.id)),
  );
}
