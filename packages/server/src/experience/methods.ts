import { z } from 'zod';
import { ApiError } from '../errors.ts';

/** What a person is known by. */
export const identifiers = ['phone', 'username'] as const;
export type Identifier = (typeof identifiers)[number];

const identifierSchema = z.enum(identifiers, 'Give phone or username; there are no email addresses here.');

/** What a sign-up asks for beside the identifiers that it begins with. */
const secondaryIdentifierSchema = z.object({
  identifier: identifierSchema,
  verify: z.boolean().optional().describe('A phone number asks for `true`; nothing else can be verified.'),
});

/** What a sign-up asks for; a phone number is always verified by a code. */
export const signUpSchema = z.object({
  identifiers: z
    .array(identifierSchema)
    .describe('What a new account needs, and what its sign-up begins with; none means that nobody signs up.'),
  password: z.boolean().describe('Whether a new account needs a password.'),
  verify: z.boolean().describe('Whether phone numbers are verified; has to be `true` where one is asked for.'),
  secondaryIdentifiers: z
    .array(secondaryIdentifierSchema)
    .optional()
    .describe(
      'What a new account needs as well, asked for after `identifiers`. Goes with `identifiers`: given anew without it, there are none.',
    ),
});
export type SignUp = z.infer<typeof signUpSchema>;

/** Everything that a new account is known by, in the order in which it is asked for. */
export const identifiersOf = ({ identifiers: primary, secondaryIdentifiers = [] }: SignUp): Identifier[] => [
  ...primary,
  ...secondaryIdentifiers.map(({ identifier }) => identifier),
];

/**
 * @throws ApiError `sign_in_experiences.missing_sign_up_identifiers`,
 * `sign_in_experiences.duplicated_sign_up_identifiers`, `sign_in_experiences.passwordless_requires_verify`
 */
export function checkSignUp(signUp: SignUp): void {
  const { secondaryIdentifiers = [] } = signUp;
  const all = identifiersOf(signUp);
  if (secondaryIdentifiers.length > 0 && signUp.identifiers.length === 0) {
    throw new ApiError('sign_in_experiences.missing_sign_up_identifiers');
  }
  if (new Set(all).size < all.length) throw new ApiError('sign_in_experiences.duplicated_sign_up_identifiers');
  const isVerified = secondaryIdentifiers.every(({ identifier, verify }) => identifier !== 'phone' || verify);
  if (all.includes('phone') && !(signUp.verify && isVerified)) {
    throw new ApiError('sign_in_experiences.passwordless_requires_verify');
  }
}

/** One way to sign in. */
export const signInMethodSchema = z
  .object({
    identifier: identifierSchema,
    password: z.boolean().describe('Whether the password signs in.'),
    verificationCode: z.boolean().describe('Whether a code signs in; for phone numbers only.'),
    isPasswordPrimary: z.boolean().describe('Whether the password is asked for first where both sign in.'),
  })
  .refine((method) => method.password || method.verificationCode, 'Choose a password, a code, or both.')
  .refine((method) => method.identifier === 'phone' || !method.verificationCode, {
    path: ['verificationCode'],
    message: 'Codes go to phone numbers only.',
  });

/** The ways to sign in, in the order in which they are offered. */
export const signInSchema = z.object({
  methods: z
    .array(signInMethodSchema)
    .max(identifiers.length)
    .refine((listed) => new Set(listed.map(({ identifier }) => identifier)).size === listed.length, {
      message: 'Name each identifier once.',
    }),
});

/** Whether people may sign in, sign up, or both. */
export const signInModeSchema = z.enum(['SignIn', 'Register', 'SignInAndRegister']);

/** How a forgotten password can be replaced; an empty list means not at all. */
export const forgotPasswordMethodsSchema = z.array(z.literal('PhoneVerificationCode'));

/** The same, as it is asked for: with what Logto has as well. */
export const forgotPasswordChangeSchema = z
  .array(z.enum(['PhoneVerificationCode', 'EmailVerificationCode']))
  .max(2)
  .nullable()
  .describe('Each takes a live connector of its kind; there is none for email. null: as at the beginning.');
