import { schemeMissing, withScheme } from '@sesame/connector-kit';
import { z } from 'zod';
import { reservedScopes } from '../../../accounts/resources/reserved-scopes.ts';
import { onLines, onOneLine } from '../../../plain-text.ts';

/** What every operation on resources says of itself. */
export const tags = ['API resources'];

const maxTtl = 30 * 24 * 60 * 60;
const maxLength = 2048;

const id = z.string().regex(/^[\x21-\x7e]{1,128}$/, 'Give an id as the list tells it.');

/** The id of a resource in the path. */
export const resourceParams = z.object({ id: id.describe('Id of the resource.') });
/** The same where scopes are below it. */
export const scopesParams = z.object({ resourceId: id.describe('Id of the resource.') });
/** The ids of a scope and its resource in the path. */
export const scopeParams = scopesParams.extend({ scopeId: id.describe('Id of the scope.') });

/** Whatever belongs to a tenant in Logto says so; here there is one. */
const tenantId = z.literal('default').describe('As in Logto; there is one tenant.');
const givenTenantId = tenantId.optional();

/** A scope as replies show it. */
export const scopeReply = z
  .object({
    tenantId,
    id: z.string(),
    resourceId: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    machinesOnly: z.boolean(),
    createdAt: z.number().int().describe('Milliseconds since the epoch.'),
  })
  .describe('The scope.');

/** A resource as replies show it. */
export const resourceReply = z
  .object({
    tenantId,
    id: z.string(),
    name: z.string(),
    indicator: z.string(),
    isDefault: z.boolean(),
    accessTokenTtl: z.number().int(),
  })
  .describe('The resource.');

const resourceName = z
  .string()
  .trim()
  .min(1, 'Give a name.')
  .max(256, 'Use up to 256 characters.')
  .regex(...onOneLine)
  .describe('How people call it.');
const wholeSeconds = 'Give whole seconds, at least 1.';
const accessTokenTtl = z
  .number(wholeSeconds)
  .int(wholeSeconds)
  .min(1, wholeSeconds)
  .max(maxTtl, `Give at most ${maxTtl} seconds (30 days): an access token that is out cannot be taken back.`)
  .describe('How long its access tokens work, in seconds.');
const indicator = z
  .string()
  .max(maxLength)
  .refine(
    (value) =>
      /^[\x21-\x7e]+$/.test(value) && URL.canParse(value) && !/[#,]/.test(value) && withScheme(value) === undefined,
    {
      error: ({ input }) =>
        schemeMissing(String(input)) ??
        'Give an absolute URI without a fragment and without commas, for example https://api.example.com.',
    },
  )
  .describe('URI of the API: what applications ask for as `resource`, and the audience of its tokens (RFC 8707).');

const isDefaultElsewhere = 'PATCH /api/resources/{id}/is-default makes a resource the default one.';

/** A new resource. */
export const newResource = z.object({
  name: resourceName,
  indicator,
  accessTokenTtl: accessTokenTtl.default(3600),
  isDefault: z.literal(false, isDefaultElsewhere).optional().describe(isDefaultElsewhere),
  tenantId: givenTenantId,
});

/** A change of a resource. */
export const resourceChange = z.object({
  name: resourceName.optional(),
  accessTokenTtl: accessTokenTtl.optional(),
  indicator: z.string().optional().describe('May be given as it is; it cannot be changed.'),
  tenantId: givenTenantId,
});

/** What may stand in a scope of OAuth 2.0 (RFC 6749, section 3.3); spaces have a refusal of their own. */
const scopeName = z
  .string()
  .min(1, 'Give a name.')
  .max(256, 'Use up to 256 characters.')
  .regex(/^[\s\x21\x23-\x5b\x5d-\x7e]*$/, 'Take printable ASCII characters other than " and \\.')
  .refine((name) => !reservedScopes.has(name), {
    message: 'OpenID Connect has a scope of this name: choose another one, such as `orders:profile`.',
  })
  .describe('What applications ask for; one of its kind at the resource, and none of the scopes of OpenID Connect.');
const description = z
  .string()
  .max(1024)
  .regex(...onLines)
  .transform((value) => value || null)
  .nullish()
  .describe('What it lets an application do, for people.');
const machinesOnly = z
  .boolean()
  .optional()
  .describe(
    'Whether only machine-to-machine applications get it. Otherwise, every user gets it in every application that asks for it.',
  );

/** A new scope. */
export const newScope = z.object({ name: scopeName, description, machinesOnly });
/** A change of a scope. */
export const scopeChange = z.object({ name: scopeName.optional(), description, machinesOnly });

/** What a reply adds to a resource or a scope. */
export const asReply = <Entity extends object>(entity: Entity) => ({ tenantId: 'default' as const, ...entity });
