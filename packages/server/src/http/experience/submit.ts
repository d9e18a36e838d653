import { z } from 'zod';
import type { AppInstance } from '../app-instance.ts';
import { rememberSignIn } from '../client.ts';
import { errorResponses, noContent } from '../schemas.ts';
import { type ExperienceDeps, flowRequestOf, security, tags } from './flow-request.ts';

/** `POST /api/experience/submit` */
export function submit(app: AppInstance, deps: ExperienceDeps): void {
  app.post(
    '/experience/submit',
    {
      schema: {
        tags,
        security,
        summary: 'Finish',
        description:
          'What was added with `POST /api/experience/profile` is the account’s from now on. Send the browser to `redirectTo`; it leads back to the application. After ForgotPassword (204) the interaction is a SignIn of the owner of the account: submitting again signs in.',
        response: {
          200: z.object({ redirectTo: z.url() }),
          204: noContent,
          ...errorResponses(
            'session.not_found',
            'session.identifier_not_found',
            'session.captcha_required',
            'session.mfa.require_mfa_verification',
            'user.missing_mfa',
            'session.mfa.backup_code_required',
            'user.backup_code_already_in_use',
            'user.sign_in_method_not_enabled',
            'session.verification_failed',
            'session.verification_session_not_found',
            'user.suspended',
            'user.new_password_required_in_profile',
            'user.username_exists_in_profile',
            'user.phone_exists_in_profile',
            'user.email_exists_in_profile',
            'user.password_exists_in_profile',
            'user.username_already_in_use',
            'user.phone_already_in_use',
            'user.email_already_in_use',
            'user.totp_already_in_use',
          ),
        },
      },
    },
    async (request, reply) => {
      const { access, signIn } = flowRequestOf(request);
      const done = await deps.signInFlows.submit(access, {
        ...signIn,
        browser: { client: request.client, userAgent: request.headers['user-agent'] },
      });
      if ('resetFor' in done) return reply.code(204).send(null);
      rememberSignIn(request, reply, { ...done, applicationId: signIn.application.id }, deps);
      return reply.code(200).send({ redirectTo: signIn.resumeUrl });
    },
  );
}
