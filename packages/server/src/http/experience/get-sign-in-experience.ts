import { z } from 'zod';
import { emailBlocklistPolicySchema } from '../../experience/email-blocklist.ts';
import { fraudPolicySchema } from '../../experience/fraud-policy.ts';
import type { CodeIdentifier } from '../../experience/methods.ts';
import { codeIdentifiersFor } from '../../experience/sign-in-experience.ts';
import { checkTypes } from '../../protection/human-check/providers.ts';
import { channelOf } from '../../sign-in/user-recipients.ts';
import type { AppInstance } from '../app-instance.ts';
import { publicErrorResponses } from '../schemas.ts';
import { signInExperienceReply, toReply } from '../sign-in-experience-reply.ts';
import { type ExperienceDeps, security, tags } from './flow-request.ts';

const nothing = z.array(z.never()).describe('Of Logto’s; there is nothing of this kind here.');

const publicSchema = z.object({
  ...signInExperienceReply.omit({ messageRateLimitPolicy: true, originBoundCodes: true, fraudPolicy: true }).shape,
  fraudPolicy: fraudPolicySchema
    .pick({ countries: true })
    .describe('The countries that get codes. How far the guard goes is nobody’s business.'),
  emailBlocklistPolicy: emailBlocklistPolicySchema.omit({ customAllowlist: true, customBlocklist: true }),
  resendInterval: z.int().describe('Seconds that end users wait before they can resend.'),
  forgotPassword: z
    .object({ phone: z.boolean(), email: z.boolean() })
    .describe('How a forgotten password can be replaced now: what is switched on and has a live connector.'),
  captchaConfig: z
    .looseObject({ type: z.enum(checkTypes) })
    .optional()
    .describe(
      'The provider of human checks, where `captchaPolicy` asks for one. `GET /api/experience/captcha` has what its widget takes.',
    ),
  socialConnectors: nothing,
  ssoConnectors: nothing,
  customProfileFields: nothing,
  customProfileFieldCatalog: nothing,
  isDevelopmentTenant: z.literal(false),
});

type CaptchaConfig = z.infer<typeof publicSchema>['captchaConfig'];

/** Logto's pages say for whom they ask; whoever it is gets the same. */
const sameForAll = z.string().max(256).optional().describe('As Logto’s pages send it; the answer is the same for all.');

/** What Logto shows on sign-in pages and Sesame has not. */
const logtoPages = {
  socialConnectors: [],
  ssoConnectors: [],
  customProfileFields: [],
  customProfileFieldCatalog: [],
  isDevelopmentTenant: false as const,
};

/** `GET /api/.well-known/sign-in-exp` */
export function getSignInExperience(app: AppInstance, { experience, connectors, humanCheck }: ExperienceDeps): void {
  app.get(
    '/.well-known/sign-in-exp',
    {
      schema: {
        tags,
        security,
        summary: 'Get what a sign-in page of one’s own needs',
        querystring: z.object({ appId: sameForAll, organizationId: sameForAll }),
        response: { 200: publicSchema, ...publicErrorResponses() },
      },
    },
    async () => {
      const policy = await experience.read();
      const resets = codeIdentifiersFor(policy, 'ForgotPassword');
      const canReset = async (type: CodeIdentifier) =>
        resets.includes(type) && (await connectors.live(channelOf[type])) !== undefined;
      const { messageRateLimitPolicy, originBoundCodes: _, emailBlocklistPolicy: emails, ...rest } = toReply(policy);
      const { fraudPolicy, ...shown } = rest;
      // Whose addresses are let in, and whose are not, is nobody's business.
      const { customAllowlist: __, customBlocklist: ___, ...emailBlocklistPolicy } = emails;
      return {
        ...logtoPages,
        ...shown,
        ...(policy.captchaPolicy.enabled && { captchaConfig: (await humanCheck.shown()) as CaptchaConfig }),
        emailBlocklistPolicy,
        fraudPolicy: { countries: fraudPolicy.countries },
        resendInterval: messageRateLimitPolicy.resendInterval,
        forgotPassword: { phone: await canReset('phone'), email: await canReset('email') },
      };
    },
  );
}
