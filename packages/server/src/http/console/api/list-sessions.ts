import { z } from 'zod';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { security, sessionOf, tags, time } from './console-schemas.ts';

/** `GET /api/console/sessions` */
export function listSessions(app: AppInstance, { administrators }: Pick<Services, 'administrators'>): void {
  app.get(
    '/console/sessions',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'List the open sessions of the administrator who asks, newest first',
        security,
        response: {
          200: z.array(
            z.object({
              id: z.string(),
              createdAt: time,
              expiresAt: time,
              isCurrent: z.boolean(),
              browser: z.string().describe('Its name; empty for an unknown one.'),
              system: z.string().describe('The operating system; empty for an unknown one.'),
            }),
          ),
          ...errorResponses(),
        },
      },
    },
    async (request) => {
      const { administrator, session: current } = sessionOf(request);
      const sessions = await administrators.listSessions(administrator.id);
      return sessions.map((session) => ({ ...session, isCurrent: session.id === current.id }));
    },
  );
}
