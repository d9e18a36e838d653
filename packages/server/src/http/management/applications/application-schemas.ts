import { z } from 'zod';
import type { Application } from '../../../accounts/application.ts';
import { managementScopeNames, managementScopeTexts } from '../../../accounts/resources/management-scopes.ts';
import { customJson } from '../../../kept-json.ts';
import { onLines, onOneLine } from '../../../plain-text.ts';
import { isVaried } from '../../../settings.ts';
import { logtoCustomClientFields, logtoOidcClientFields } from '../../logto-fields.ts';

/** What every operation on applications says of itself. */
export const tags = ['Applications'];

const uris = z.array(z.string().max(2048)).max(100);
const jsonObject = z.record(z.string(), z.unknown());
const day = 24 * 60 * 60;
const wholeSeconds = 'Give whole seconds, at least 1 and at most 315,360,000 (10 years).';
const lifetime = z
  .int(wholeSeconds)
  .min(1, wholeSeconds)
  .max(3650 * day, wholeSeconds);

const wholeDays = 'Give whole days, from 1 to 180.';

/** How an application is treated beyond OpenID Connect. */
const customClientMetadata = z.object({
  corsAllowedOrigins: z
    .array(z.string().min(1).max(2048))
    .max(100)
    .optional()
    .describe('Whose pages may call the token endpoints, beside those of the redirect URIs: origins in full.'),
  idTokenTtl: lifetime.optional().describe('How long ID tokens are valid, in seconds; an hour unless told.'),
  refreshTokenTtl: lifetime
    .optional()
    .describe('How long a refresh token is valid, in seconds. `refreshTokenTtlInDays` goes before it.'),
  refreshTokenTtlInDays: z
    .int(wholeDays)
    .min(1, wholeDays)
    .max(180, wholeDays)
    .optional()
    .describe('How long a refresh token is valid, in days; 14 unless told. Each one that replaces it lives as long.'),
  rotateRefreshToken: z
    .boolean()
    .optional()
    .describe(
      'Whether each use of a refresh token replaces it; yes unless told. Where it does not, one that was stolen is not noticed, and works until it expires.',
    ),
  alwaysIssueRefreshToken: z
    .boolean()
    .optional()
    .describe(
      'Whether an SPA or a Traditional application gets a refresh token without `offline_access` too. Such a one ends with the session.',
    ),
});

const time = z.number().int().describe('Milliseconds since the epoch.');

/** The id in the path. */
export const applicationParams = z.object({
  id: z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/, 'Give the id of an application.')
    .describe('Id of the application.'),
});

/** The kinds of applications. */
export const applicationType = z
  .enum(['SPA', 'Native', 'Traditional', 'MachineToMachine'])
  .describe(
    'SPA and Native are public clients without a secret. MachineToMachine is a back end that calls the Management API or APIs of your own.',
  );

const sameForAll = 'Of Logto’s, and the same for every application.';

/** An application as replies show it. */
export const applicationReply = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    type: applicationType,
    oidcClientMetadata: z.object({ redirectUris: z.array(z.string()), postLogoutRedirectUris: z.array(z.string()) }),
    customClientMetadata,
    customData: jsonObject,
    isAdmin: z.boolean().describe('Whether it may call the Management API.'),
    managementScopes: z.array(z.enum(managementScopeNames)).describe('What of the Management API it may call, then.'),
    createdAt: time,
    updatedAt: time,
    tenantId: z.literal('default').describe(sameForAll),
    isThirdParty: z.literal(false).describe(sameForAll),
    protectedAppMetadata: jsonObject.nullable().describe(sameForAll),
    appLevelAccessControlEnabled: z.literal(false).describe(sameForAll),
  })
  .describe('The application.');

/** Adds what Logto says of every application. */
export const describeApplication = <Told extends Application>(application: Told) => ({
  ...application,
  ...({
    tenantId: 'default',
    isThirdParty: false,
    protectedAppMetadata: null,
    appLevelAccessControlEnabled: false,
  } as const),
});

/** The secret in the reply that tells it. */
export const secret = z.string().describe('The secret. It is told this once: keep it.');

/** What an application that comes from elsewhere keeps. */
export const keptFields = {
  id: z
    .string()
    .regex(/^[\w.-]{1,128}$/, 'Use up to 128 letters, digits, dots, dashes and underscores.')
    .optional()
    .describe('The id that the application knows itself by, where it comes from elsewhere.'),
  secret: z
    .string()
    // RFC 6749, A.2.
    .regex(/^[\x20-\x7e]{16,128}$/, { error: 'Use 16 to 128 characters of printable ASCII.', abort: true })
    .refine(isVaried, 'Use six or more different characters; anybody could guess this.')
    .optional()
    .describe('The secret that the application has, where it comes from elsewhere.'),
};

/** How an application is called. */
export const applicationName = z
  .string()
  .trim()
  .min(1, 'Give a name.')
  .max(256, 'Use up to 256 characters.')
  .regex(...onOneLine)
  .describe('How the application is called.');

/** What a request may say of an application beside its name. */
export const applicationFields = {
  description: z
    .string()
    .max(1024, 'Use up to 1,024 characters.')
    .regex(...onLines)
    .nullish(),
  oidcClientMetadata: z
    .object({
      redirectUris: uris
        .optional()
        .describe('Where a sign-in may lead back to, each in full: https, http for localhost; Native: any own scheme.'),
      postLogoutRedirectUris: uris.optional().describe('Where a sign-out may lead back to.'),
      ...logtoOidcClientFields,
    })
    .optional(),
  customClientMetadata: customClientMetadata
    .extend(logtoCustomClientFields)
    .optional()
    .describe('Replaces the object before as a whole.'),
  customData: customJson.optional().describe('Any JSON object of your own, up to 32 kB; replaces the one before.'),
  managementScopes: z
    .array(z.enum(managementScopeNames))
    .min(1, 'Name one scope at least; `isAdmin` takes the Management API away.')
    .max(managementScopeNames.length)
    .optional()
    .describe(
      `What of the Management API a machine-to-machine application may call, \`all\` unless told. ${managementScopeNames.map((name) => `\`${name}\`: ${managementScopeTexts[name]}`).join(' ')} It counts at once, also for tokens that it has.`,
    ),
  isAdmin: z
    .boolean()
    .optional()
    .describe(
      'Whether a machine-to-machine application may call the Management API; a new one may unless told `false`. For other types, `true` is refused. Once it is `false`, tokens that it got before are refused too.',
    ),
};
