import { z } from 'zod';
import type { Applications } from '../../../accounts/applications.ts';
import { customJson } from '../../../kept-json.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { applicationParams, tags } from './application-schemas.ts';

/** `PATCH /api/applications/:applicationId/custom-data` */
export function mergeCustomData(app: AppInstance, { applications }: { applications: Applications }): void {
  app.patch(
    '/applications/:applicationId/custom-data',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: { action: 'application.update', subject: 'application' },
      },
      schema: {
        tags,
        summary: 'Change the custom data of an application',
        description: 'Changes the keys that are given, and replies with all of them. Up to 32 kB are kept.',
        params: z.object({ applicationId: applicationParams.shape.id }),
        body: customJson,
        response: { 200: z.record(z.string(), z.unknown()), ...errorResponses('entity.not_found') },
      },
    },
    ({ params, body }) => applications.mergeCustomData(params.applicationId, body),
  );
}
