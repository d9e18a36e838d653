import { z } from 'zod';
import type { Applications } from '../../../accounts/applications.ts';
import type { AppInstance } from '../../app-instance.ts';
import { logtoApplicationFields } from '../../logto-fields.ts';
import { errorResponses } from '../../schemas.ts';
import {
  applicationFields,
  applicationName,
  applicationParams,
  applicationReply,
  tags,
} from './application-schemas.ts';

/** `PATCH /api/applications/:id` */
export function updateApplication(app: AppInstance, { applications }: { applications: Applications }): void {
  app.patch(
    '/applications/:id',
    {
      config: { role: 'operator', audit: { action: 'application.update', subject: 'application', details: ['name'] } },
      schema: {
        tags,
        summary: 'Change an application',
        description: 'Changes the fields that are given. The type stays.',
        params: applicationParams,
        body: z.object({ name: applicationName.optional(), ...applicationFields, ...logtoApplicationFields }),
        response: { 200: applicationReply, ...errorResponses('entity.not_found') },
      },
    },
    ({ params, body }) => applications.update(params.id, body),
  );
}
