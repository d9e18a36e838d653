import { z } from 'zod';
import { customJson } from '../kept-json.ts';
import { onLines, onOneLine } from '../plain-text.ts';
import { passwordAlgorithms } from './password-digests/password-digest.ts';

/** Ids of other systems, `auth0|…` for one, are taken as they are. */
export const userIdPattern = /^[\w-][\w|.-]{0,127}$/;

const upTo = (most: number) => z.string().max(most, `Use up to ${most} characters.`);
const line = (most: number) => upTo(most).regex(...onOneLine);
const claim = line(256).optional();
/** The standard lets these have several lines. */
const lines = upTo(256)
  .regex(...onLines)
  .optional();

const address = z.object({
  formatted: lines,
  streetAddress: lines,
  locality: claim,
  region: claim,
  postalCode: claim,
  country: claim,
});

/**
 * What is known of a person beside their name: the standard claims of OpenID Connect, in Logto's spelling.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims
 */
export const userProfile = z.object({
  familyName: claim,
  givenName: claim,
  middleName: claim,
  nickname: claim,
  preferredUsername: claim,
  profile: line(2048).optional(),
  website: line(2048).optional(),
  gender: claim,
  birthdate: claim,
  zoneinfo: claim,
  locale: claim,
  address: address.optional(),
});
export type UserProfile = z.infer<typeof userProfile>;

/** What may be said of a user from outside. */
export const userFields = {
  primaryPhone: upTo(64)
    .nullish()
    .describe('Phone number in E.164, with or without the plus; spaces and dashes are allowed.'),
  primaryEmail: upTo(320)
    .nullish()
    .describe('Email address, kept as it is written; upper and lower case make no difference.'),
  username: upTo(128)
    .nullish()
    .describe('Letters, digits and underscores; the first is not a digit. Upper and lower case matter.'),
  name: line(128).nullish().describe('How the user is called.'),
  avatar: z
    .union(
      [
        z.literal(''),
        z
          .httpUrl()
          .max(2048)
          .regex(...onOneLine),
      ],
      { error: 'Give the address of a picture: https://…' },
    )
    .nullish()
    .describe('Address of a picture.'),
  customData: customJson.optional().describe('Any JSON object of your own, up to 32 kB; replaces the one before.'),
  profile: userProfile.optional().describe('Standard claims of OpenID Connect; replaces those before.'),
};

/** What is kept of a password, made elsewhere. */
export const digestFields = {
  passwordDigest: z
    .string()
    .max(256)
    .nullish()
    .describe(
      'What another system kept of the password. The user signs in with the password as before; the first time, the digest is replaced by Argon2id.',
    ),
  passwordAlgorithm: z
    .enum(passwordAlgorithms)
    .nullish()
    .describe(
      'How the digest was made. `Argon2…` and `Bcrypt`: `$argon2id$v=19$…`, `$2b$10$…`. `MD5`, `SHA1`, `SHA256`: hexadecimal, without salt. `Legacy`: the JSON text `[algorithm, arguments, result]`, with `@` for the password; `algorithm` is a hash of Node.js, `pbkdf2` with salt, iterations, length, hash; `scrypt` with salt, N, r, p, length; or `firebase-scrypt` with salt, signer key, salt separator, rounds, memory cost.',
    ),
};
