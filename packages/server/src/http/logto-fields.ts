import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

/**
 * A field that Logto has and Sesame has not. It is taken, and does nothing, where its value asks for nothing: `null`,
 * `false`, an empty text, list or object, or Logto's default. Whatever asks for something is refused, rather than dropped.
 */
function notHere(defaultValue: unknown) {
  return z
    .unknown()
    .refine((value) => asksForNothing(value) || isDeepStrictEqual(value, defaultValue), {
      error: 'Sesame does not have this. Leave it out, or send what asks for nothing: null, false, [] or {}.',
    })
    .transform(() => undefined)
    .optional()
    .describe('Of Logto’s; taken where it asks for nothing, and refused otherwise.');
}

function asksForNothing(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(asksForNothing);
  return value === undefined || value === null || value === false || value === '';
}

const fields = <Name extends string>(defaults: Record<Name, unknown>) =>
  Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, notHere(value)])) as Record<
    Name,
    ReturnType<typeof notHere>
  >;

/** Of `/api/applications`. */
export const logtoApplicationFields = fields({
  protectedAppMetadata: null,
  isThirdParty: false,
  appLevelAccessControlEnabled: false,
  tenantId: 'default',
});

/** Of `PUT /api/experience` and `POST /api/experience/identification`. */
export const logtoExperienceFields = fields({ captchaToken: null });
export const logtoIdentificationFields = fields({ linkSocialIdentity: false });

/** Of `oidcClientMetadata`. */
export const logtoOidcClientFields = fields({
  backchannelLogoutUri: null,
  backchannelLogoutSessionRequired: false,
  logoUri: null,
});

/** Of `customClientMetadata`. */
export const logtoCustomClientFields = fields({
  tenantId: 'default',
  allowTokenExchange: false,
  isDeviceFlow: false,
  maxAllowedGrants: null,
});

/** Of `/api/connectors`. */
export const logtoConnectorFields = fields({ metadata: {}, syncProfile: false, enableTokenStorage: false });

/** Of `/api/sign-in-exp`. */
export const logtoSignInExperienceFields = fields({
  tenantId: 'default',
  id: 'default',
  hideLogtoBranding: false,
  agreeToTermsPolicy: 'Automatic',
  socialSignIn: {},
  socialSignInConnectorTargets: [],
  customCss: null,
  customContent: {},
  customUiAssets: null,
  customUiCsp: {},
  passwordPolicy: {},
  mfa: { policy: 'UserControlled', factors: [] },
  adaptiveMfa: {},
  trustedDevice: {},
  singleSignOnEnabled: false,
  supportEmail: null,
  supportWebsiteUrl: null,
  unknownSessionRedirectUrl: null,
  captchaPolicy: {},
  sentinelPolicy: {},
  emailBlocklistPolicy: {},
  passkeySignIn: {},
  signUpProfileFields: [],
  passwordExpiration: {},
  usernamePolicy: {
    caseSensitive: true,
    minLength: 1,
    maxLength: 128,
    allowedChars: { lowercase: true, uppercase: true, numbers: true, underscore: true },
  },
});
