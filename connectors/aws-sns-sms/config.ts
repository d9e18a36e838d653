import { contentTemplatesGuard, endpointGuard, templatesGuard } from '@sesame/connector-kit';
import { z } from 'zod';

/** Where a region answers, unless the configuration names another endpoint. */
export const regionalEndpoint = (region: string) => `https://sns.${region}.amazonaws.com`;

const required = (message: string, pattern: RegExp) => z.string(message).trim().regex(pattern, message);

/** Forms leave an empty string where nothing was typed; that means the same as a missing key. */
const optional = (message: string, pattern: RegExp) =>
  z
    .string()
    .trim()
    .refine((value) => !value || pattern.test(value), message)
    .transform((value) => value || undefined)
    .optional();

const indiaId = (what: string) =>
  optional(`Give the ${what} as registered in India: 1 to 30 letters and digits.`, /^[\w-]{1,30}$/);

/** An endpoint of one's own: a path would not be signed. */
export const awsEndpoint = z
  .string()
  .trim()
  .transform((value) => value.replace(/\/+$/, ''))
  .pipe(
    z.literal('').or(endpointGuard.refine(hasNoPath, 'Give the endpoint without a path: a path would not be signed.')),
  )
  .transform((value) => value || undefined)
  .optional();

function hasNoPath(value: string): boolean {
  return (URL.parse(value)?.pathname ?? '/') === '/';
}

/** The keys of an AWS account, and where it sends from. */
export const awsShape = {
  accessKeyId: required('Give the access key ID.', /^\w+$/),
  accessKeySecret: required('Give the secret access key.', /^\S+$/),
  region: required('Give a region, for example eu-west-1.', /^[a-z]{2}(-[a-z]+)+-\d$/),
};

/**
 * Checks a configuration. Which keys exist only AWS knows; a temporary one (ASIA…) needs its session token. `entityId`
 * and the templates' `templateId` are what India asks for.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html
 */
export const configGuard = z
  .object({
    ...awsShape,
    sessionToken: optional('A session token has no spaces.', /^\S+$/),
    senderId: optional(
      'Give a name of at most 11 letters, digits, hyphens and underscores, with a letter in it.',
      /^(?=.*[A-Za-z])[\w-]{1,11}$/,
    ),
    originationNumber: optional('Give a number of 5 to 14 digits, with or without the plus.', /^\+?\d{5,14}$/),
    entityId: indiaId('entity ID'),
    endpoint: awsEndpoint,
    templates: templatesGuard({ ...contentTemplatesGuard.element.shape, templateId: indiaId('template ID') }),
  })
  .refine(({ entityId, templates }) => entityId || !templates.some(({ templateId }) => templateId), {
    path: ['entityId'],
    message: 'Give the entity ID that the template IDs belong to.',
  })
  .refine(({ accessKeyId, sessionToken }) => sessionToken || !accessKeyId.startsWith('ASIA'), {
    path: ['sessionToken'],
    message: 'Give the session token: a key that starts with ASIA is temporary, and is good for nothing without it.',
  });

/** A configuration that was checked. */
export type SnsConfig = z.output<typeof configGuard>;
/** A text; `templateId` is the number that India's registry gave it. */
export type SnsTemplate = SnsConfig['templates'][number];
