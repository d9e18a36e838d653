import { z } from 'zod';

/** What every operation on users says of itself. */
export const tags = ['Users'];

/** The id in the path. */
export const userParams = z.object({
  userId: z
    .string()
    .regex(/^[\w-]{1,128}$/, 'Give the id of a user.')
    .describe('Id of the user.'),
});

const jsonObject = z.record(z.string(), z.unknown());
const time = z.number().int().describe('Milliseconds since the epoch.');

/** A user as replies show it. */
export const userReply = z
  .object({
    id: z.string(),
    username: z.string().nullable(),
    primaryEmail: z.null(),
    primaryPhone: z.string().nullable().describe('E.164 with the plus.'),
    name: z.string().nullable(),
    avatar: z.null(),
    customData: jsonObject,
    identities: z.object({}),
    profile: jsonObject,
    lastSignInAt: time.nullable(),
    createdAt: time,
    updatedAt: time,
    applicationId: z.null(),
    isSuspended: z.boolean(),
    hasPassword: z.boolean(),
  })
  .describe('The user.');

/** What a request may say of a user. */
export const userFields = {
  primaryPhone: z
    .string()
    .max(40)
    .nullish()
    .describe('Phone number in E.164, with or without the plus; spaces and dashes are allowed.'),
  username: z
    .string()
    .max(128)
    .nullish()
    .describe('Letters, digits and underscores; the first is not a digit. Upper and lower case matter.'),
  name: z.string().max(128).nullish().describe('How the user is called.'),
  customData: jsonObject.optional().describe('Any JSON object of your own; replaces the one before.'),
  profile: jsonObject.optional().describe('Standard claims of OpenID Connect; replaces those before.'),
};

/** A password that is about to be set. */
export const newPassword = z.string().max(1024).describe('8 to 256 characters.');
