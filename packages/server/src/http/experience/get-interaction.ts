import { z } from 'zod';
import { codeMethods, identifiers } from '../../experience/methods.ts';
import { backupCode, totp } from '../../experience/second-factors.ts';
import { isSecondCode } from '../../sign-in/second-factor.ts';
import type { Flow } from '../../sign-in/sign-in-flows.ts';
import { fieldsOf, maskRecipient, typeOf } from '../../sign-in/user-recipients.ts';
import type { Verification } from '../../sign-in/verification-row.ts';
import type { AppInstance } from '../app-instance.ts';
import { errorResponses } from '../schemas.ts';
import { type ExperienceDeps, eventSchema, flowRequestOf, security, tags } from './flow-request.ts';

const time = z.int().describe('Milliseconds since the epoch.');
const identifier = z.object({ type: z.enum([...identifiers, 'userId']), value: z.string() });
/** What a code is called that comes second, as at Logto. */
const secondTypes = { phone: 'MfaPhoneVerificationCode', email: 'MfaEmailVerificationCode' } as const;

const interactionSchema = z.object({
  interactionEvent: eventSchema,
  userId: z.string().optional(),
  profile: z
    .object({
      username: z.string().optional(),
      primaryPhone: z.string().optional(),
      primaryEmail: z.string().optional(),
      hasPassword: z.boolean(),
    })
    .describe('What a new account is to have, or what the account that is known gets at the end.'),
  verificationRecords: z
    .array(
      z.object({
        id: z.string(),
        type: z.enum([
          ...Object.values(codeMethods),
          ...Object.values(secondTypes),
          'Password',
          'NewPasswordIdentity',
          totp,
          backupCode,
        ]),
        verified: z.boolean(),
        identifier: identifier.describe('Where the code went, or what was typed with the password.'),
        templateType: z.string().optional().describe('The usage type of the message with the code.'),
        codeExpiresAt: time.optional(),
        resendAfter: time.optional(),
      }),
    )
    .describe('The oldest first.'),
  trustedDevice: z
    .object({ canCreate: z.boolean(), durationDays: z.int().optional() })
    .optional()
    .describe(
      'Whether the browser may be trusted after a second code, and for how many days, by the policy; once it is known who it is.',
    ),
  captcha: z
    .object({ verified: z.literal(false), skipped: z.literal(false) })
    .describe('As at Logto; nobody is asked for one here.'),
});

/** `GET /api/experience/interaction` */
export function getInteraction(app: AppInstance, deps: ExperienceDeps): void {
  app.get(
    '/experience/interaction',
    {
      schema: {
        tags,
        security,
        summary: 'Get what is known so far',
        response: { 200: interactionSchema, ...errorResponses('session.not_found') },
      },
    },
    async (request) => {
      const { access } = flowRequestOf(request);
      const flow = await deps.signInFlows.get(access);
      if (flow.userId === undefined) return toInteraction(flow);
      const { enabled: canCreate, durationDays } = (await deps.experience.read()).trustedDevicePolicy;
      return { ...toInteraction(flow), trustedDevice: { canCreate, ...(canCreate && { durationDays }) } };
    },
  );
}

function toInteraction({ event, userId, username, recipients, hasPassword, verifications }: Flow) {
  return {
    interactionEvent: event,
    userId,
    profile: { username, ...fieldsOf(recipients), hasPassword },
    // That somebody is signed in was no step of theirs.
    verificationRecords: verifications.toReversed().flatMap((one) => (one.type === 'session' ? [] : [toRecord(one)])),
    captcha: { verified: false, skipped: false } as const,
  };
}

const ofUser = ({ userId }: { userId: string }) => ({ type: 'userId' as const, value: userId });

function toRecord(verification: Exclude<Verification, { type: 'session' }>) {
  const { id, verifiedAt } = verification;
  const known = { id, verified: verifiedAt !== undefined };
  if (verification.type === 'backup-code' || verification.type === 'new-backup-codes') {
    return {
      ...known,
      verified: verification.type === 'backup-code',
      type: backupCode,
      identifier: ofUser(verification),
    };
  }
  if (verification.type === 'totp' || verification.type === 'new-totp') {
    return { ...known, type: totp, identifier: ofUser(verification) };
  }
  if (verification.type === 'password') return { ...known, type: 'Password' as const, identifier: verification.typed };
  if (verification.type === 'new-identity') {
    const identifier = { type: 'username' as const, value: verification.username };
    return { ...known, type: 'NewPasswordIdentity' as const, identifier };
  }
  const { recipient, isUntyped, usageType: templateType, codeExpiresAt, resendAfter } = verification;
  // Whoever has not proven it need not know what the account has.
  const isMasked = isUntyped && verifiedAt === undefined;
  const identifier = {
    type: typeOf(recipient),
    value: isMasked ? maskRecipient(recipient.address) : recipient.address,
  };
  const type = (isSecondCode(verification) ? secondTypes : codeMethods)[identifier.type];
  return { ...known, type, identifier, templateType, codeExpiresAt, resendAfter };
}
