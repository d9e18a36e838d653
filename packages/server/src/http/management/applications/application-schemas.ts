import { z } from 'zod';

/** What every operation on applications says of itself. */
export const tags = ['Applications'];

const uris = z.array(z.string().max(2048)).max(100);
const jsonObject = z.record(z.string(), z.unknown());
const time = z.number().int().describe('Milliseconds since the epoch.');

/** PostgreSQL refuses texts with a null character. */
const isStorable = (value: string) => !value.includes('\0');
const storable = 'Leave out the null character.';

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
    'SPA and Native are public clients without a secret. MachineToMachine is a back end that calls the Management API.',
  );

/** An application as replies show it. */
export const applicationReply = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    type: applicationType,
    oidcClientMetadata: z.object({ redirectUris: z.array(z.string()), postLogoutRedirectUris: z.array(z.string()) }),
    customData: jsonObject,
    createdAt: time,
    updatedAt: time,
  })
  .describe('The application.');

/** The secret in the reply that tells it. */
export const secret = z.string().describe('The secret. It is told this once: keep it.');

/** How an application is called. */
export const applicationName = z
  .string()
  .trim()
  .min(1)
  .max(256)
  .refine(isStorable, storable)
  .describe('How the application is called.');

/** What a request may say of an application beside its name. */
export const applicationFields = {
  description: z.string().max(1024).refine(isStorable, storable).nullish(),
  oidcClientMetadata: z
    .object({
      redirectUris: uris
        .optional()
        .describe('Where a sign-in may lead back to, each in full: https, http for localhost; Native: any own scheme.'),
      postLogoutRedirectUris: uris.optional().describe('Where a sign-out may lead back to.'),
    })
    .optional(),
  customData: jsonObject.optional().describe('Any JSON object of your own; replaces the one before.'),
};
