import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import { checkFromConsole } from '../same-site.ts';
import { clearSessionCookie, readSessionCookie } from '../session-cookie.ts';
import { security, tags } from './console-schemas.ts';

type Deps = Pick<Services, 'administrators'> & { settings: { publicUrl: string } };

/** `POST /api/console/sign-out`, for a session that is over already too. */
export function signOut(app: AppInstance, { administrators, settings: { publicUrl } }: Deps): void {
  app.post(
    '/console/sign-out',
    {
      config: { audit: { action: 'administrator.sign-out', subject: 'administrator' } },
      schema: {
        tags,
        summary: 'Sign out of the Console',
        description: 'Ends the session and clears the cookie, whether or not the session was still open.',
        security,
        response: { 204: noContent, ...errorResponses() },
      },
    },
    async (request, reply) => {
      checkFromConsole(request, publicUrl);
      const token = readSessionCookie(request, publicUrl);
      const found = token === undefined ? undefined : await administrators.authenticateSession(token);
      if (token !== undefined && found) {
        await administrators.signOut(token);
        request.caller = { type: 'administrator', administrator: found.administrator };
      }
      clearSessionCookie(reply, publicUrl);
      return reply.code(204).send(null);
    },
  );
}
