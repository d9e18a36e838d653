import { z } from 'zod';
import { codeIdentifiers, codeMethods } from '../../experience/methods.ts';
import { backupCode, type Factor, totp } from '../../experience/second-factors.ts';
import type { Client } from '../../protection/client.ts';
import type { FlowAccess } from '../../sign-in/flow-keys.ts';
import type { AppInstance } from '../app-instance.ts';
import { errorResponses, noContent } from '../schemas.ts';
import {
  type ExperienceDeps,
  flowRequestOf,
  keepFlowKey,
  newPasswordSchema,
  security,
  tags,
  verificationIdSchema,
} from './flow-request.ts';

const errors = errorResponses(
  'session.not_found',
  'session.not_supported_for_forgot_password',
  'session.identifier_not_found',
  'session.mfa.require_mfa_verification',
  'session.verification_session_not_found',
  'session.verification_failed',
  'account_center.field_not_editable',
  'user.sign_in_method_not_enabled',
  'user.username_exists_in_profile',
  'user.phone_exists_in_profile',
  'user.email_exists_in_profile',
  'user.password_exists_in_profile',
  'user.username_already_in_use',
  'user.phone_already_in_use',
  'user.email_already_in_use',
  'session.email_blocklist.email_not_allowed',
  'session.email_blocklist.email_subaddressing_not_allowed',
  'password.rejected',
  'request.sign_in_rate_limited',
  'system.busy',
);

const body = z.discriminatedUnion('type', [
  z.object({ type: z.literal('username'), value: z.string().max(128) }),
  z.object({ type: z.literal('password'), value: newPasswordSchema }),
  z
    .object({ type: z.enum(codeIdentifiers), verificationId: verificationIdSchema })
    .describe('A number or an address that was verified in this interaction.'),
]);

/** `POST /api/experience/profile`, `POST /api/experience/profile/mfa`, `…/mfa/trusted-device` and `PUT /api/experience/profile/password` */
export function profile(app: AppInstance, deps: ExperienceDeps): void {
  const { signInFlows, settings } = deps;
  app.post(
    '/experience/profile',
    {
      schema: {
        tags,
        security,
        summary: 'Add to the account that is about to be made, or to the one that signs in',
        description:
          'In a sign-up before or after `POST /api/experience/identification`, in a sign-in after it. An account that is known gets what it lacks, once the interaction is submitted: what a sign-up asks for, and what users may change of their account.',
        body,
        response: { 204: noContent, ...errors },
      },
    },
    async (request, reply) => {
      const { access, client } = flowRequestOf(request);
      const key = await add(access, request.body, client);
      keepFlowKey(reply, access, key, settings.publicUrl);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/experience/profile/mfa',
    {
      schema: {
        tags,
        security,
        summary: 'Give the account something for a second code',
        description:
          'Where submitting asks for that (422 `user.missing_mfa`), and as `POST /api/experience/profile` with a number or an address. What was just verified is as good as a second code of it. `Totp` adds the authenticator app whose first code was verified. `BackupCode` adds the codes that were made last (422 `session.mfa.backup_code_required`).',
        body: z.object({
          type: z.enum([...Object.values(codeMethods), totp, backupCode]),
          verificationId: verificationIdSchema,
        }),
        response: {
          204: noContent,
          ...errors,
          ...errorResponses(
            'session.mfa.mfa_factor_not_enabled',
            'session.mfa.backup_code_can_not_be_alone',
            'user.backup_code_already_in_use',
            'user.totp_already_in_use',
          ),
        },
      },
    },
    async (request, reply) => {
      const { access } = flowRequestOf(request);
      const { type, verificationId } = request.body;
      const key = await addFactor(access, type, verificationId);
      keepFlowKey(reply, access, key, settings.publicUrl);
      return reply.code(204).send(null);
    },
  );
  const choices = [
    {
      name: 'mfa-skipped',
      summary: 'Do without a second factor',
      description:
        'Where submitting asks for one that people may do without (422 `user.missing_mfa` with `data.skippable`). It is kept, and nobody is asked again.',
      refusal: 'session.mfa.mfa_policy_not_user_controlled',
      choose: signInFlows.second.decline,
    },
    {
      name: 'trusted-device',
      summary: 'Have the browser trusted',
      description:
        'After a second code was verified (not a backup code), where `trustedDevicePolicy` has it: once the interaction is submitted, no second code is asked for in this browser for some days, unless the application asks with `prompt=login` or `max_age`.',
      refusal: 'session.mfa.mfa_factor_not_enabled',
      choose: signInFlows.second.trustBrowser,
    },
  ] as const;
  for (const { name, summary, description, refusal, choose } of choices) {
    app.post(
      `/experience/profile/mfa/${name}`,
      {
        schema: {
          tags,
          security,
          summary,
          description,
          response: {
            204: noContent,
            ...errorResponses(
              'session.not_found',
              'session.invalid_interaction_type',
              'session.identifier_not_found',
              'session.verification_failed',
              'session.mfa.require_mfa_verification',
              refusal,
              'user.suspended',
            ),
          },
        },
      },
      async (request, reply) => {
        await choose(flowRequestOf(request).access);
        return reply.code(204).send(null);
      },
    );
  }
  app.put(
    '/experience/profile/password',
    {
      schema: {
        tags,
        security,
        summary: 'Set the new password, in place of a forgotten one',
        body: z.object({ password: newPasswordSchema }),
        response: {
          204: noContent,
          ...errorResponses(
            'session.not_found',
            'session.invalid_interaction_type',
            'session.identifier_not_found',
            'user.same_password',
            'password.rejected',
            'request.sign_in_rate_limited',
            'system.busy',
          ),
        },
      },
    },
    async (request, reply) => {
      const { access, client } = flowRequestOf(request);
      const key = await signInFlows.replacePassword(access, { password: request.body.password, client });
      keepFlowKey(reply, access, key, settings.publicUrl);
      return reply.code(204).send(null);
    },
  );

  /** @returns the new key */
  function addFactor(access: FlowAccess, type: Factor, verificationId: string): Promise<string> {
    if (type === backupCode) return signInFlows.backupCodes.keep(access, verificationId);
    if (type === totp) return signInFlows.authenticators.keep(access, verificationId);
    return signInFlows.setFactor(access, verificationId, type);
  }

  /** @returns the new key */
  function add(access: FlowAccess, given: z.infer<typeof body>, client: Client): Promise<string> {
    if ('verificationId' in given) return signInFlows.setRecipient(access, given.verificationId, given.type);
    if (given.type === 'username') return signInFlows.setUsername(access, { username: given.value, client });
    return signInFlows.setPassword(access, { password: given.value, client });
  }
}
