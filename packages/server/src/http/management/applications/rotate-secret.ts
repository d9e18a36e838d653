import type { Applications } from '../../../accounts/applications.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { applicationParams, applicationReply, describeApplication, secret, tags } from './application-schemas.ts';

/** `POST /api/applications/:id/secrets/rotate` */
export function rotateSecret(app: AppInstance, { applications }: { applications: Applications }): void {
  app.post(
    '/applications/:id/secrets/rotate',
    {
      config: {
        role: 'owner',
        scope: 'all',
        audit: { action: 'application.rotate-secret', subject: 'application', replaces: ['secret'] },
      },
      schema: {
        tags,
        summary: 'Replace the secret of an application',
        description:
          'The old secret stops working at once; tokens that it got work until they expire, an hour at most. The reply is the only one that tells the new secret.',
        params: applicationParams,
        response: { 200: applicationReply.extend({ secret }), ...errorResponses('entity.not_found') },
      },
    },
    async ({ params }) => describeApplication(await applications.rotateSecret(params.id)),
  );
}
