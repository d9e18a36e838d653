import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

/**
 * A field that Logto has and Sesame has not. It is taken, and does nothing, where its value asks for nothing: `null`,
 * `false`, an empty text, list or object, or Logto's default. Whatever asks for something is refused, rather than dropped.
 */
function notHere(defaultValue: unknown, isDefault = (value: unknown) => isDeepStrictEqual(value, defaultValue)) {
  return z
    .unknown()
    .refine((value) => asksForNothing(value) || isDefault(value), {
      error: 'Sesame does not have this. Leave it out, or send what asks for nothing: null, false, [] or {}.',
    })
    .transform(() => undefined)
    .optional()
    .describe('Of Logto’s; taken where it asks for nothing, and refused otherwise.');
}

function asksForNothing(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) {
    return ('enabled' in value && value.enabled === false) || Object.values(value).every(asksForNothing);
  }
  return value === undefined || value === null || value === false || value === '';
}

/** Fields with the same default share a schema: each object of zod takes a kilobyte or two. */
const byDefault = new Map<string, ReturnType<typeof notHere>>();

function notHereBut(defaultValue: unknown) {
  const key = JSON.stringify(defaultValue);
  const schema = byDefault.get(key) ?? notHere(defaultValue);
  byDefault.set(key, schema);
  return schema;
}

const isFields = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const fields = <Name extends string>(defaults: Record<Name, unknown>) =>
  Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, notHereBut(value)])) as Record<
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

/** Of `POST /api/experience/identification`. */
export const logtoIdentificationFields = fields({ linkSocialIdentity: false });

/** Of `mfa` in `/api/sign-in-exp`. */
export const logtoMfaFields = {
  organizationRequiredMfaPolicy: z
    .unknown()
    .transform(() => undefined)
    .optional()
    .describe('Of Logto’s, for members of its organizations; there are none here.'),
};

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

/** What Logto has in a sign-in experience and Sesame has not, as it is in Logto where it asks for nothing. */
export const logtoSignInExperience = {
  tenantId: 'default',
  id: 'default',
  hideLogtoBranding: false,
  socialSignIn: {},
  socialSignInConnectorTargets: [],
  customContent: {},
  customUiAssets: null,
  customUiCsp: {},
  adaptiveMfa: {},
  trustedDevice: {},
  singleSignOnEnabled: false,
  sentinelPolicy: {},
  passkeySignIn: {},
  signUpProfileFields: [],
  passwordExpiration: {},
  usernamePolicy: {
    caseSensitive: true,
    minLength: 1,
    maxLength: 128,
    allowedChars: { lowercase: true, uppercase: true, numbers: true, underscore: true },
  },
} as const;

/** Of `/api/sign-in-exp`. */
export const logtoSignInExperienceFields = {
  ...fields(logtoSignInExperience),
  // The limits that Logto begins with are wider than those that always hold here.
  sentinelPolicy: notHere(
    {},
    (value) => isFields(value) && isDeepStrictEqual({ ...defaultSentinel, ...value }, defaultSentinel),
  ),
};

const defaultSentinel = { maxAttempts: 100, lockoutDuration: 60 };

const nothingOfLogto = z.unknown().describe('Of Logto’s; there is nothing of this kind here.');

/** The same in replies: callers of Logto hold them against its schema. */
export const logtoSignInExperienceReply = Object.fromEntries(
  Object.keys(logtoSignInExperience).map((name) => [name, nothingOfLogto]),
) as Record<keyof typeof logtoSignInExperience, z.ZodUnknown>;
