import { z } from 'zod';
import type { ConnectorFactories } from '../../../connectors/factories.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';

const connectorProblemSchema = z.object({
  package: z.string().describe('Name of the package, or of its folder.'),
  version: z.string().nullable(),
  connectorId: z.string().nullable().describe('The id that it has, where that much is known.'),
  location: z
    .enum(['data-folder', 'connectors-folder'])
    .describe('Installed by `sesame connectors add`, or in SESAME_CONNECTORS_DIR.'),
  reason: z.string(),
});

/** `GET /api/connector-problems` */
export function getConnectorProblems(app: AppInstance, { factories }: { factories: ConnectorFactories }): void {
  app.get(
    '/connector-problems',
    {
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags: ['Connector factories'],
        summary: 'List the installed connectors that cannot be used, with the reasons',
        description: 'As they were found at the start of the server.',
        response: { 200: z.array(connectorProblemSchema), ...errorResponses() },
      },
    },
    async () => factories.problems(),
  );
}
