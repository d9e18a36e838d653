import { z } from 'zod';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { rememberDevice } from '../../client.ts';
import { deviceOf } from '../../pages/account/device.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import { checkSameSite } from '../same-site.ts';
import { readSessionCookie, setSessionCookie } from '../session-cookie.ts';
import { codeSchema, passwordSchema, refusalOf, refusals, tags } from './console-schemas.ts';

type Deps = Pick<Services, 'administrators' | 'devices' | 'platform'> & { settings: { publicUrl: string } };

/** `POST /api/console/sign-in` */
export function signIn(app: AppInstance, deps: Deps): void {
  const { administrators, platform } = deps;
  const { publicUrl } = deps.settings;
  app.post(
    '/console/sign-in',
    {
      config: { audit: { action: 'administrator.sign-in', subject: 'administrator', details: ['username'] } },
      schema: {
        tags,
        summary: 'Sign in to the Console',
        description:
          'Begins a session of twelve hours, kept in the cookie `sesame_console` (`__Host-sesame_console` on https). A session that was sent along is ended. For an administrator with two-step sign-in, the answer to the right password alone is `session.code_required`: send all three.',
        security: [],
        body: z.object({ username: z.string().max(256), password: passwordSchema, code: codeSchema.optional() }),
        response: {
          204: noContent,
          ...errorResponses(...refusals, 'system.busy'),
        },
      },
    },
    async (request, reply) => {
      checkSameSite(request, publicUrl);
      const outcome = await administrators.signIn({
        ...request.body,
        client: request.client,
        used: deviceOf(request.headers['user-agent'] ?? ''),
      });
      if (outcome.outcome !== 'signed-in') throw refusalOf(outcome);
      const before = readSessionCookie(request, publicUrl);
      if (before !== undefined) await administrators.signOut(before);
      const { token, expiresAt, administrator } = outcome;
      request.caller = { type: 'administrator', administrator };
      setSessionCookie(reply, { token, expiresAt, now: platform.now(), publicUrl });
      rememberDevice(request, reply, { type: 'administrator', id: administrator.id }, deps);
      return reply.code(204).send(null);
    },
  );
}
