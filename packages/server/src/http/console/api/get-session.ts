import { z } from 'zod';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { roleSchema, security, sessionOf, tags, time, twoStepSchema } from './console-schemas.ts';

type Deps = Pick<Services, 'administrators'> & { settings: { apiIndicator: string } };

/** `GET /api/console/session` */
export function getSession(app: AppInstance, { administrators, settings }: Deps): void {
  app.get(
    '/console/session',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'Who is signed in to the Console',
        security,
        response: {
          200: z.object({
            administrator: z.object({ id: z.string(), username: z.string(), role: roleSchema }),
            twoStep: twoStepSchema,
            expiresAt: time,
            apiIndicator: z.string().describe('What access tokens of the Management API are asked for as `resource`.'),
          }),
          ...errorResponses(),
        },
      },
    },
    async (request) => {
      const { administrator, session } = sessionOf(request);
      const twoStep = await administrators.twoStep.state(administrator.id);
      return { administrator, twoStep, expiresAt: session.expiresAt, apiIndicator: settings.apiIndicator };
    },
  );
}
