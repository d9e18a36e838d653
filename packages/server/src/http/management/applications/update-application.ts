import { z } from 'zod';
import type { ApplicationFields } from '../../../accounts/application.ts';
import type { Applications } from '../../../accounts/applications.ts';
import type { AppInstance } from '../../app-instance.ts';
import { logtoApplicationFields } from '../../logto-fields.ts';
import { takeRole } from '../../roles.ts';
import { errorResponses } from '../../schemas.ts';
import {
  applicationFields,
  applicationName,
  applicationParams,
  applicationReply,
  describeApplication,
  tags,
} from './application-schemas.ts';

/** `PATCH /api/applications/:id` */
export function updateApplication(app: AppInstance, { applications }: { applications: Applications }): void {
  app.patch(
    '/applications/:id',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: {
          action: 'application.update',
          subject: 'application',
          details: ['name', 'isAdmin', 'managementScopes'],
        },
        check: (fields: ApplicationFields, { params }) =>
          applications.refusals(fields, (params as z.infer<typeof applicationParams>).id),
      },
      schema: {
        tags,
        summary: 'Change an application',
        description:
          'Changes the fields that are given. The type stays. `customClientMetadata` and `customData` replace what was there; of `oidcClientMetadata`, a list that is left out stays, and without a redirect URI nobody can sign in through it. Of administrators, `isAdmin: true` takes an owner.',
        params: applicationParams,
        body: z.object({
          name: applicationName.optional(),
          ...applicationFields,
          ...logtoApplicationFields,
        }),
        response: { 200: applicationReply, ...errorResponses('entity.not_found') },
      },
    },
    async (request) => {
      const { params, body } = request;
      // Whoever has the secret may do what an owner may, from then on.
      if (body.isAdmin || body.managementScopes) takeRole(request, 'owner');
      return describeApplication(await applications.update(params.id, body));
    },
  );
}
