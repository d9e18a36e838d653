import { z } from 'zod';
import { onOneLine } from './plain-text.ts';

/** No password is longer than this, whatever the policy says: each is computed into a digest. Characters. */
export const longestPassword = 256;

const length = z.int().min(1).max(longestPassword);

/**
 * What people may choose as a password, with Logto's names and defaults. What is left out is as in the defaults: a policy
 * is given as a whole.
 */
export const passwordPolicySchema = z.object({
  length: z
    .object({ min: length.default(8), max: length.default(longestPassword) })
    .refine(({ min, max }) => min <= max, { path: ['max'], message: 'Give no less than the minimum.' })
    .prefault({})
    .describe('Characters of a password. Administrators’ calls of the Management API are held to this alone.'),
  characterTypes: z
    .object({
      min: z
        .int()
        .min(1)
        .max(4)
        .default(1)
        .describe('Of lower-case letters, capitals, digits and everything else, so many have to be there.'),
    })
    .prefault({}),
  rejects: z
    .object({
      pwned: z
        .boolean()
        .default(true)
        .describe(
          'The 49,000 most common passwords of known leaks. The list comes with Sesame: no part of a password is sent anywhere.',
        ),
      repetitionAndSequence: z.boolean().default(true).describe('For example aaaa, 1234 or qwerty.'),
      userInfo: z
        .boolean()
        .default(true)
        .describe('The name, the username, the phone number and the email address of the user.'),
      words: z
        .array(
          z
            .string()
            .trim()
            .min(1)
            .max(128)
            .regex(...onOneLine),
        )
        .max(1000)
        .default([])
        .describe('Words of your own, in upper and lower case alike.'),
    })
    .prefault({})
    .describe(
      'What a password may not consist of. Repetitions, sequences, user information and words are fine as long as three characters remain that are none of them.',
    ),
});
export type PasswordPolicy = z.infer<typeof passwordPolicySchema>;

/** What holds until somebody changes it, and always for the administrators of the server. */
export const defaultPasswordPolicy: PasswordPolicy = passwordPolicySchema.parse({});
