import { z } from 'zod';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { security, sessionOf, tags, time } from './console-schemas.ts';

/** `GET /api/console/session` */
export function getSession(app: AppInstance, { settings }: { settings: { apiIndicator: string } }): void {
  app.get(
    '/console/session',
    {
      schema: {
        tags,
        summary: 'Who is signed in to the Console',
        security,
        response: {
          200: z.object({
            administrator: z.object({ id: z.string(), username: z.string() }),
            expiresAt: time,
            apiIndicator: z.string().describe('What access tokens of the Management API are asked for as `resource`.'),
          }),
          ...errorResponses(),
        },
      },
    },
    async (request) => {
      const { administrator, session } = sessionOf(request);
      return { administrator, expiresAt: session.expiresAt, apiIndicator: settings.apiIndicator };
    },
  );
}
