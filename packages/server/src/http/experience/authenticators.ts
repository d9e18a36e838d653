import { z } from 'zod';
import type { AppInstance } from '../app-instance.ts';
import { errorResponses } from '../schemas.ts';
import { qrCodeUrl, shownSecretReply } from '../second-factor-reply.ts';
import {
  type ExperienceDeps,
  flowRequestOf,
  keepFlowKey,
  security,
  tags,
  verificationIdSchema,
} from './flow-request.ts';

const refusals = [
  'session.not_found',
  'session.invalid_interaction_type',
  'session.identifier_not_found',
  'session.verification_failed',
  'session.verification_session_not_found',
  'session.mfa.mfa_factor_not_enabled',
  'session.mfa.require_mfa_verification',
  'account_center.field_not_editable',
  'user.totp_already_in_use',
  'user.suspended',
] as const;

/** `POST /api/experience/verification/totp/secret` and `…/verify` */
export function authenticators(app: AppInstance, { signInFlows, settings }: ExperienceDeps): void {
  app.post(
    '/experience/verification/totp/secret',
    {
      schema: {
        tags,
        security,
        summary: 'Make a secret to set an authenticator app up',
        description:
          'Where submitting asks for that (422 `user.missing_mfa`), or where users may change it of their account. Show it: it is told this once. Verify a code of it, add it with `POST /api/experience/profile/mfa`, and submit. TOTP as in RFC 6238: SHA-1, six digits, 30 seconds.',
        response: {
          200: z.object({ verificationId: z.string(), ...shownSecretReply }),
          ...errorResponses(...refusals),
        },
      },
    },
    async (request, reply) => {
      const { id, secret, uri } = await signInFlows.authenticators.generate(flowRequestOf(request).access);
      reply.header('cache-control', 'no-store');
      return { verificationId: id, secret, secretQrCode: qrCodeUrl(uri) };
    },
  );
  app.post(
    '/experience/verification/totp/verify',
    {
      schema: {
        tags,
        security,
        summary: 'Verify a code of an authenticator app',
        description:
          'With `verificationId`, the first one of an app that is being set up. Without, one of the app of the account, after `POST /api/experience/identification` in a sign-in, where submitting asks for a second code (403 `session.mfa.require_mfa_verification`). Each is good once.',
        body: z.object({ code: z.string().min(1).max(128), verificationId: verificationIdSchema.optional() }),
        response: {
          200: z.object({ verificationId: z.string() }),
          ...errorResponses(
            ...refusals,
            'session.mfa.invalid_totp_code',
            'session.verification_blocked_too_many_attempts',
            'request.sign_in_rate_limited',
          ),
        },
      },
    },
    async (request, reply) => {
      const { access, client } = flowRequestOf(request);
      const { code, verificationId } = request.body;
      const { id, key } =
        verificationId === undefined
          ? await signInFlows.authenticators.verify(access, { code, client })
          : {
              id: verificationId,
              key: await signInFlows.authenticators.confirm(access, { id: verificationId, code }),
            };
      keepFlowKey(reply, access, key, settings.publicUrl);
      return { verificationId: id };
    },
  );
}
