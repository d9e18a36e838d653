import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import {
  askingOf,
  codeSchema,
  passwordSchema,
  refusalOf,
  refusals,
  security,
  sessionOf,
  tags,
} from './console-schemas.ts';

const subject = 'administrator';
const path = '/console/two-step';
const proofSchema = z.object({ currentPassword: passwordSchema, code: codeSchema });
const recoveryCodesReply = z.object({
  recoveryCodes: z.array(z.string()).describe('Each stands in for a code of the app once. They are told this once.'),
});

/** `POST /api/console/two-step`, and below it what else administrators do about their own two-step sign-in. */
export function twoStep(app: AppInstance, { administrators }: Pick<Services, 'administrators'>): void {
  app.post(
    path,
    {
      config: { role: 'viewer', holdsNumbers: false },
      schema: {
        tags,
        summary: 'Begin to set up two-step sign-in',
        description:
          'Makes a secret for an authenticator app (TOTP, RFC 6238: SHA-1, six digits, 30 seconds). It does not count before it is confirmed, and a later one takes its place.',
        security,
        body: proofSchema.pick({ currentPassword: true }),
        response: {
          200: z.object({
            secret: z.string().describe('In base32.'),
            uri: z.string().describe('For a QR code: `otpauth://totp/…`.'),
          }),
          ...errorResponses(...refusals, 'administrator.two_step_already_on'),
        },
      },
    },
    async (request) => {
      const { outcome, ...begun } = passed(await administrators.twoStep.begin(proofOf(request)), 'begun');
      return begun;
    },
  );
  app.post(
    `${path}/confirm`,
    {
      config: {
        role: 'viewer',
        holdsNumbers: false,
        audit: { action: 'administrator.turn-on-two-step', subject, replaces: ['recoveryCodes'] },
      },
      schema: {
        tags,
        summary: 'Turn two-step sign-in on with a first code',
        description:
          'Ends the other sessions of this administrator. The reply is the only one that tells the recovery codes.',
        security,
        body: proofSchema.pick({ code: true }),
        response: {
          200: recoveryCodesReply,
          ...errorResponses(
            'session.invalid_code',
            'request.sign_in_rate_limited',
            'administrator.two_step_not_begun',
            'administrator.two_step_already_on',
          ),
        },
      },
    },
    async (request) => {
      const typed = { ...askingOf(request), code: request.body.code };
      const { recoveryCodes } = passed(await administrators.twoStep.confirm(typed), 'on');
      return { recoveryCodes };
    },
  );
  app.post(
    `${path}/recovery-codes`,
    {
      config: {
        role: 'viewer',
        holdsNumbers: false,
        audit: { action: 'administrator.renew-recovery-codes', subject, replaces: ['recoveryCodes'] },
      },
      schema: {
        tags,
        summary: 'Make new recovery codes',
        description: 'Those that are left stop working. The reply is the only one that tells the new ones.',
        security,
        body: proofSchema,
        response: { 200: recoveryCodesReply, ...errorResponses(...refusals, 'administrator.two_step_off') },
      },
    },
    async (request) => {
      const typed = { ...proofOf(request), code: request.body.code };
      const { recoveryCodes } = passed(await administrators.twoStep.renewRecoveryCodes(typed), 'renewed');
      return { recoveryCodes };
    },
  );
  app.post(
    `${path}/turn-off`,
    {
      config: { role: 'viewer', audit: { action: 'administrator.turn-off-two-step', subject } },
      schema: {
        tags,
        summary: 'Turn two-step sign-in off',
        description: 'Ends the other sessions of this administrator.',
        security,
        body: proofSchema,
        response: { 204: noContent, ...errorResponses(...refusals, 'administrator.two_step_off') },
      },
    },
    async (request, reply) => {
      passed(await administrators.twoStep.turnOff({ ...proofOf(request), code: request.body.code }), 'off');
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${path}/decline`,
    {
      config: { role: 'viewer', audit: { action: 'administrator.decline-two-step', subject } },
      schema: {
        tags,
        summary: 'Turn the offer of two-step sign-in down',
        security,
        response: { 204: noContent, ...errorResponses() },
      },
    },
    async (request, reply) => {
      await administrators.twoStep.decline(sessionOf(request).administrator.id);
      return reply.code(204).send(null);
    },
  );
}

function proofOf(request: FastifyRequest<{ Body: { currentPassword: string } }>) {
  const { currentPassword } = request.body;
  return { ...askingOf(request), currentPassword, client: request.client };
}

/** @throws ApiError for every other outcome */
function passed<T extends { outcome: string }, const O extends T['outcome']>(result: T, outcome: O) {
  if (result.outcome !== outcome) throw refusalOf(result as unknown as Parameters<typeof refusalOf>[0]);
  return result as Extract<T, { outcome: O }>;
}
