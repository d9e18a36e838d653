import { z } from 'zod';
import type { Applications, NewApplication } from '../../../accounts/applications.ts';
import { ApiError } from '../../../errors.ts';
import { accountApplication } from '../../../oidc/account-client.ts';
import type { AppInstance } from '../../app-instance.ts';
import { logtoApplicationFields } from '../../logto-fields.ts';
import { errorResponses } from '../../schemas.ts';
import {
  applicationFields,
  applicationName,
  applicationReply,
  applicationType,
  describeApplication,
  keptFields,
  secret,
  tags,
} from './application-schemas.ts';

/** `POST /api/applications` */
export function createApplication(app: AppInstance, { applications }: { applications: Applications }): void {
  app.post(
    '/applications',
    {
      config: {
        role: 'owner',
        scope: 'all',
        audit: {
          action: 'application.create',
          subject: 'application',
          details: ['name', 'type', 'isAdmin', 'managementScopes'],
        },
        check: (fields: Partial<NewApplication>) => applications.refusals(fields),
      },
      schema: {
        tags,
        summary: 'Create an application',
        description:
          'Makes an application. The reply is the only one that tells its secret. One that comes from elsewhere may keep its `id` and its `secret`. Without a redirect URI nobody can sign in through it.',
        body: z.object({
          name: applicationName,
          type: applicationType,
          ...keptFields,
          ...applicationFields,
          ...logtoApplicationFields,
        }),
        response: {
          200: applicationReply.extend({ secret: secret.optional() }),
          ...errorResponses('entity.id_in_use'),
        },
      },
    },
    async ({ body }) => {
      if (body.id === accountApplication.id) throw new ApiError('entity.id_in_use', { id: body.id });
      return describeApplication(await applications.create(body));
    },
  );
}
