import type { Channel } from '@sesame/connector-kit';
import { fromTree } from '@sesame/pages';
import { z } from 'zod';
import type { Connectors } from '../../../connectors/connectors.ts';
import { ApiError } from '../../../errors.ts';
import { type CustomPhrasesStore, requireRoom } from '../../../experience/custom-phrases.ts';
import { codeIdentifiers, codeMethods, servesFor } from '../../../experience/methods.ts';
import { languageTagSchema, phraseTreeSchema } from '../../../experience/phrase-schema.ts';
import { codeTypes, mfaSchema } from '../../../experience/second-factors.ts';
import {
  type SignInExperienceChange,
  type SignInExperienceStore,
  signInExperienceChangeSchema,
  signInExperienceSchema,
} from '../../../experience/sign-in-experience.ts';
import { refusalOf } from '../../../refusals.ts';
import { channelOf } from '../../../sign-in/user-recipients.ts';
import type { AppInstance } from '../../app-instance.ts';
import { logtoMfaFields, logtoSignInExperienceFields } from '../../logto-fields.ts';
import { seesNumbers } from '../../roles.ts';
import { errorResponses } from '../../schemas.ts';
import { signInExperienceReply, toMaskedReply, toReply } from '../../sign-in-experience-reply.ts';

const tags = ['Sign-in experience'];

type Deps = { experience: SignInExperienceStore; customPhrases: CustomPhrasesStore; connectors: Connectors };

const customPhrasesSchema = z
  .record(languageTagSchema, phraseTreeSchema.nullable())
  .optional()
  .describe(
    'Words of your own, by language tag, saved together with the rest: each language is replaced as by `PUT /api/custom-phrases/{languageTag}`; `null`, or an empty tree, goes back to ours. Languages that are left out stay.',
  );
type Body = SignInExperienceChange & { customPhrases?: z.infer<typeof customPhrasesSchema> };

/** `GET /api/sign-in-exp` and `PATCH /api/sign-in-exp` */
export function signInExperience(app: AppInstance, { experience, customPhrases, connectors }: Deps): void {
  app.get(
    '/sign-in-exp',
    {
      // Examples in texts and policies are nobody's numbers; those of the guard are masked by themselves.
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags,
        summary: 'Get the sign-in experience',
        response: { 200: signInExperienceReply, ...errorResponses() },
      },
    },
    async (request) => {
      const stored = await experience.readStored();
      return seesNumbers(request) ? toReply(stored) : toMaskedReply(stored);
    },
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
        check: async ({ customPhrases: words, ...change }: Body) => [
          ...(await refusalOf('forgotPasswordMethods', requireForResets(change, connectors))),
          ...(await refusalOf('signUp', requireForMails(change.signUp, connectors))),
          ...(await refusalOf('signIn', requireForMails(change.signIn, connectors))),
          ...(await refusalOf('mfa', requireForFactors(change.mfa, connectors))),
          ...(await experience.refusals(change)),
          ...(await refusalOf('customPhrases', requireFewLanguages(words, customPhrases))),
        ],
      },
      schema: {
        tags,
        summary: 'Change the sign-in experience',
        description:
          'What is left out stays as it is, and all of it is saved or nothing; lists and `passwordPolicy` are replaced as a whole. What Logto has and Sesame has not is taken where it asks for nothing, and refused otherwise.',
        body: signInExperienceChangeSchema.extend({
          ...logtoSignInExperienceFields,
          mfa: mfaSchema.partial().extend(logtoMfaFields).optional(),
          customPhrases: customPhrasesSchema,
        }),
        response: {
          200: signInExperienceReply,
          ...errorResponses(
            'sign_in_experiences.missing_sign_up_identifiers',
            'sign_in_experiences.duplicated_sign_up_identifiers',
            'sign_in_experiences.passwordless_requires_verify',
            'sign_in_experiences.enabled_connector_not_found',
            'sign_in_experiences.forgot_password_method_requires_connector',
            'sign_in_experiences.duplicated_mfa_factors',
            'sign_in_experiences.phone_verification_code_cannot_be_used_for_mfa',
            'sign_in_experiences.email_verification_code_cannot_be_used_for_mfa',
            'sign_in_experiences.invalid_custom_email_blocklist_format',
            'request.invalid_input',
            'sign_in_experiences.invalid_custom_css',
          ),
        },
      },
    },
    async ({ body: { customPhrases: words, ...change } }) => {
      await requireForResets(change, connectors);
      await requireForMails(change.signUp, connectors);
      await requireForMails(change.signIn, connectors);
      await requireForFactors(change.mfa, connectors);
      await requireFewLanguages(words, customPhrases);
      const others = words ? [() => customPhrases.plan(phrasesIn(words))] : [];
      return toReply(await experience.change(change, others));
    },
  );
}

type Words = NonNullable<Body['customPhrases']>;

/** Words by whole keys; a language without any has ours. */
function phrasesIn(words: Words) {
  const all = Object.entries(words).map(([tag, tree]) => [tag, tree && fromTree(tree)] as const);
  return Object.fromEntries(all.map(([tag, own]) => [tag, own && Object.keys(own).length > 0 ? own : null]));
}

/** @throws ApiError `guard.invalid_input` */
async function requireFewLanguages(words: Words | undefined, customPhrases: CustomPhrasesStore): Promise<void> {
  if (words) requireRoom(await customPhrases.readStored(), phrasesIn(words));
}

const isLive = async (connectors: Connectors, channel: Channel): Promise<boolean> =>
  (await connectors.allLive()).some(({ row }) => row.type === channel);

/** @throws ApiError `sign_in_experiences.forgot_password_method_requires_connector` */
async function requireForResets(
  { forgotPasswordMethods: resets }: SignInExperienceChange,
  connectors: Connectors,
): Promise<void> {
  for (const identifier of codeIdentifiers) {
    const isAsked = resets?.includes(codeMethods[identifier]);
    if (!isAsked || (await isLive(connectors, channelOf[identifier]))) continue;
    const method = identifier === 'phone' ? 'sms' : 'email';
    throw new ApiError('sign_in_experiences.forgot_password_method_requires_connector', { method });
  }
}

/**
 * Without a connector nobody would get in.
 * @throws ApiError `sign_in_experiences.enabled_connector_not_found`
 */
async function requireForFactors(mfa: SignInExperienceChange['mfa'], connectors: Connectors): Promise<void> {
  for (const type of codeTypes({ factors: mfa?.factors ?? [] })) {
    if (await isLive(connectors, channelOf[type])) continue;
    throw new ApiError('sign_in_experiences.enabled_connector_not_found', { type: channelOf[type] });
  }
}

type Ways = SignInExperienceChange['signUp'] | SignInExperienceChange['signIn'];

/**
 * Codes by email have to be sent by something. Those by SMS may be switched on before there is a connector: they are what a
 * new server begins with.
 * @throws ApiError `sign_in_experiences.enabled_connector_not_found`
 */
async function requireForMails(ways: Ways, connectors: Connectors): Promise<void> {
  if (!ways || !asksForMails(ways) || (await isLive(connectors, channelOf.email))) return;
  throw new ApiError('sign_in_experiences.enabled_connector_not_found', { type: channelOf.email });
}

function asksForMails(ways: NonNullable<Ways>): boolean {
  if ('methods' in ways) {
    return ways.methods.some(({ identifier, verificationCode }) => identifier === 'email' && verificationCode);
  }
  const later = (ways.secondaryIdentifiers ?? []).map(({ identifier }) => identifier);
  const asked = [...(ways.identifiers ?? []), ...later.flatMap(servesFor)];
  return asked.includes('email');
}
