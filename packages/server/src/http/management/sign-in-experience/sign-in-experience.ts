import type { z } from 'zod';
import type { Connectors } from '../../../connectors/connectors.ts';
import { ApiError } from '../../../errors.ts';
import type { forgotPasswordChangeSchema } from '../../../experience/methods.ts';
import {
  type SignInExperienceStore,
  signInExperienceChangeSchema,
  signInExperienceSchema,
} from '../../../experience/sign-in-experience.ts';
import type { AppInstance } from '../../app-instance.ts';
import { logtoSignInExperienceFields } from '../../logto-fields.ts';
import { errorResponses } from '../../schemas.ts';
import { signInExperienceReply, toReply } from '../../sign-in-experience-reply.ts';

const tags = ['Sign-in experience'];

type Deps = { experience: SignInExperienceStore; connectors: Connectors };

/** `GET /api/sign-in-exp` and `PATCH /api/sign-in-exp` */
export function signInExperience(app: AppInstance, { experience, connectors }: Deps): void {
  app.get(
    '/sign-in-exp',
    {
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags,
        summary: 'Get the sign-in experience',
        response: { 200: signInExperienceReply, ...errorResponses() },
      },
    },
    async () => toReply(await experience.readStored()),
  );
  app.patch(
    '/sign-in-exp',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: {
          action: 'sign-in-experience.change',
          subject: 'sign-in-experience',
          // A stylesheet is long; the beginning of it is among the changes.
          details: Object.keys(signInExperienceSchema.omit({ customCss: true }).shape),
        },
      },
      schema: {
        tags,
        summary: 'Change the sign-in experience',
        description:
          'What is left out stays as it is; lists and `passwordPolicy` are replaced as a whole. What Logto has and Sesame has not is taken where it asks for nothing, and refused otherwise.',
        body: signInExperienceChangeSchema.extend(logtoSignInExperienceFields),
        response: {
          200: signInExperienceReply,
          ...errorResponses(
            'sign_in_experiences.missing_sign_up_identifiers',
            'sign_in_experiences.duplicated_sign_up_identifiers',
            'sign_in_experiences.passwordless_requires_verify',
            'sign_in_experiences.forgot_password_method_requires_connector',
            'sign_in_experiences.invalid_custom_css',
          ),
        },
      },
    },
    async ({ body }) => {
      await requireConnectors(body.forgotPasswordMethods ?? [], connectors);
      return toReply(await experience.change(body));
    },
  );
}

/** @throws ApiError `sign_in_experiences.forgot_password_method_requires_connector` */
async function requireConnectors(
  methods: NonNullable<z.infer<typeof forgotPasswordChangeSchema>>,
  connectors: Connectors,
): Promise<void> {
  for (const name of methods) {
    const method = name === 'EmailVerificationCode' ? 'email' : 'sms';
    const isLive = method === 'sms' && (await connectors.allLive()).some(({ row }) => row.type === 'Sms');
    if (!isLive) throw new ApiError('sign_in_experiences.forgot_password_method_requires_connector', { method });
  }
}
