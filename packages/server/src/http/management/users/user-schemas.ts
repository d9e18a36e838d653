import { z } from 'zod';
import { digestFields, userIdPattern } from '../../../accounts/user-fields.ts';
import type { Services } from '../../../services.ts';

/** What every operation on users says of itself. */
export const tags = ['Users'];

/** What sets passwords: nobody who chooses one for somebody else is held to more than its length. */
export type UserPasswordDeps = Pick<Services, 'users' | 'experience' | 'store'>;

/** The id in the path. */
export const userParams = z.object({
  userId: z.string().regex(userIdPattern, 'Give the id of a user.').describe('Id of the user.'),
});

const jsonObject = z.record(z.string(), z.unknown());
/** A time in replies. */
export const time = z.number().int().describe('Milliseconds since the epoch.');

const digestsInReplies = {
  passwordDigest: digestFields.passwordDigest.describe('Only where `includePasswordHash` asks for it.'),
  passwordAlgorithm: digestFields.passwordAlgorithm.describe('Only where `includePasswordHash` asks for it.'),
};

/** A user as replies show it. */
export const userReply = z
  .object({
    id: z.string(),
    username: z.string().nullable(),
    primaryEmail: z.string().nullable().describe('As it was given, with the domain in lower case and in ASCII.'),
    primaryPhone: z.string().nullable().describe('E.164 with the plus.'),
    otherPhones: z.array(z.string()).optional().describe('Beside the primary one; left out where there are none.'),
    otherEmails: z.array(z.string()).optional().describe('Beside the primary one; left out where there are none.'),
    name: z.string().nullable(),
    avatar: z.string().nullable().describe('Address of a picture.'),
    customData: jsonObject,
    identities: z.object({}),
    profile: jsonObject,
    lastSignInAt: time.nullable(),
    createdAt: time,
    updatedAt: time,
    applicationId: z.null(),
    cimdClientId: z.null(),
    isSuspended: z.boolean(),
    hasPassword: z.boolean(),
    ssoIdentities: z.array(z.never()).optional().describe('Only where `includeSsoIdentities` asks for them.'),
    ...digestsInReplies,
  })
  .describe('The user.');

/** A password that is about to be set. */
export const newPassword = z.string().max(1024).describe('As the password policy of the sign-in experience asks for.');
