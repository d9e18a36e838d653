import type { Connectors } from '../../../connectors/connectors.ts';
import { ApiError } from '../../../errors.ts';
import { codeIdentifiers, forgotPasswordMethods } from '../../../experience/methods.ts';
import {
  codeIdentifiersFor,
  type SignInExperience,
  type SignInExperienceChange,
  type SignInExperienceStore,
  signInExperienceChangeSchema,
  signInExperienceSchema,
} from '../../../experience/sign-in-experience.ts';
import { refusalOf } from '../../../refusals.ts';
import { channelOf } from '../../../sign-in/user-recipients.ts';
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
        check: async (change: SignInExperienceChange) => [
          ...(await refusalOf('forgotPasswordMethods', requireConnectors(change, { experience, connectors }))),
          ...(await experience.refusals(change)),
        ],
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
            'sign_in_experiences.enabled_connector_not_found',
            'sign_in_experiences.forgot_password_method_requires_connector',
            'sign_in_experiences.invalid_custom_email_blocklist_format',
            'request.invalid_input',
            'sign_in_experiences.invalid_custom_css',
          ),
        },
      },
    },
    async ({ body }) => {
      await requireConnectors(body, { experience, connectors });
      return toReply(await experience.change(body));
    },
  );
}

/**
 * What a change asks for has to be sent by something. SMS may be switched on before there is a connector: it is what a new
 * server begins with.
 * @throws ApiError `sign_in_experiences.enabled_connector_not_found`,
 * `sign_in_experiences.forgot_password_method_requires_connector`
 */
async function requireConnectors(change: SignInExperienceChange, { experience, connectors }: Deps): Promise<void> {
  const { signUp, signIn, forgotPasswordMethods: resets } = change;
  if (!signUp && !signIn && !resets) return;
  const live = await connectors.allLive();
  const isLive = (type: 'Sms' | 'Email') => live.some(({ row }) => row.type === type);
  for (const identifier of codeIdentifiers) {
    const isAsked = resets?.includes(forgotPasswordMethods[identifier]);
    if (!isAsked || isLive(channelOf[identifier])) continue;
    const method = identifier === 'phone' ? 'sms' : 'email';
    throw new ApiError('sign_in_experiences.forgot_password_method_requires_connector', { method });
  }
  if (!signUp && !signIn) return;
  const after = await experience.preview(change);
  const asksForMails =
    (signUp && codeIdentifiersFor(inBothModes(after), 'Register').includes('email')) ||
    (signIn && codeIdentifiersFor(inBothModes(after), 'SignIn').includes('email'));
  if (asksForMails && !isLive('Email')) {
    throw new ApiError('sign_in_experiences.enabled_connector_not_found', { type: 'Email' });
  }
}

/** What is switched on may be closed at the moment. */
const inBothModes = (policy: SignInExperience): SignInExperience => ({ ...policy, signInMode: 'SignInAndRegister' });
