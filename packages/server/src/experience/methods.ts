import { z } from 'zod';
import { ApiError } from '../errors.ts';

/** What codes go to. */
export const codeIdentifiers = ['phone', 'email'] as const;
export type CodeIdentifier = (typeof codeIdentifiers)[number];

/** What a person is known by. */
export const identifiers = [...codeIdentifiers, 'username'] as const;
export type Identifier = (typeof identifiers)[number];

/** What a new account may be asked for: something that it is known by, or one of two. */
export type AskedIdentifier = Identifier | 'emailOrPhone';

const identifierSchema = z.enum(identifiers);

export const takesCodes = (identifier: string): identifier is CodeIdentifier =>
  codeIdentifiers.some((known) => known === identifier);

/** What a sign-up asks for beside the identifiers that it begins with. */
const secondaryIdentifierSchema = z.object({
  identifier: z.enum([...identifiers, 'emailOrPhone']),
  verify: z
    .boolean()
    .optional()
    .describe('A phone number or an email address asks for `true`; nothing else can be verified.'),
});

/** What a sign-up asks for; phone numbers and email addresses are always verified by a code. */
export const signUpSchema = z.object({
  identifiers: z
    .array(identifierSchema)
    .describe(
      'What a new account needs, and what its sign-up begins with; none means that nobody signs up. With both `phone` and `email`, people choose one of them.',
    ),
  password: z.boolean().describe('Whether a new account needs a password.'),
  verify: z
    .boolean()
    .describe('Whether phone numbers and email addresses are verified; has to be `true` where one is asked for.'),
  secondaryIdentifiers: z
    .array(secondaryIdentifierSchema)
    .optional()
    .describe(
      'What a new account needs as well, asked for after `identifiers`; `emailOrPhone` is either. Goes with `identifiers`: given anew without it, there are none.',
    ),
});
export type SignUp = z.infer<typeof signUpSchema>;

/** Everything that a new account has to have, in the order in which it is asked for. */
export function askedOf({ identifiers: primary, secondaryIdentifiers = [] }: SignUp): AskedIdentifier[] {
  const isEither = codeIdentifiers.every((identifier) => primary.includes(identifier));
  const first: AskedIdentifier[] = isEither
    ? ['emailOrPhone', ...primary.filter((identifier) => !takesCodes(identifier))]
    : primary;
  return [...first, ...secondaryIdentifiers.map(({ identifier }) => identifier)];
}

/** What serves where this is asked for. */
export const servesFor = (asked: AskedIdentifier): readonly Identifier[] =>
  asked === 'emailOrPhone' ? codeIdentifiers : [asked];

/** Everything that a new account may get by its sign-up. */
export const identifiersOf = (signUp: SignUp): Identifier[] => [...new Set(askedOf(signUp).flatMap(servesFor))];

/**
 * @throws ApiError `sign_in_experiences.missing_sign_up_identifiers`,
 * `sign_in_experiences.duplicated_sign_up_identifiers`, `sign_in_experiences.passwordless_requires_verify`
 */
export function checkSignUp(signUp: SignUp): void {
  const { secondaryIdentifiers = [] } = signUp;
  const all = [...signUp.identifiers, ...secondaryIdentifiers.map(({ identifier }) => identifier)];
  if (secondaryIdentifiers.length > 0 && signUp.identifiers.length === 0) {
    throw new ApiError('sign_in_experiences.missing_sign_up_identifiers');
  }
  const isTwice = new Set(all).size < all.length;
  const isEitherTwice = all.includes('emailOrPhone') && signUp.identifiers.some(takesCodes);
  if (isTwice || isEitherTwice) throw new ApiError('sign_in_experiences.duplicated_sign_up_identifiers');
  const isVerified = secondaryIdentifiers.every(({ identifier, verify }) => identifier === 'username' || verify);
  if (identifiersOf(signUp).some(takesCodes) && !(signUp.verify && isVerified)) {
    throw new ApiError('sign_in_experiences.passwordless_requires_verify');
  }
}

/** One way to sign in. */
export const signInMethodSchema = z
  .object({
    identifier: identifierSchema,
    password: z.boolean().describe('Whether the password signs in.'),
    verificationCode: z.boolean().describe('Whether a code signs in; for phone numbers and email addresses only.'),
    isPasswordPrimary: z.boolean().describe('Whether the password is asked for first where both sign in.'),
  })
  .refine((method) => method.password || method.verificationCode, 'Choose a password, a code, or both.')
  .refine((method) => takesCodes(method.identifier) || !method.verificationCode, {
    path: ['verificationCode'],
    message: 'Codes go to phone numbers and email addresses only.',
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

/** What a code to each is called at Logto where it replaces a password, or is asked for after one. */
export const codeMethods = {
  phone: 'PhoneVerificationCode',
  email: 'EmailVerificationCode',
} as const satisfies Record<CodeIdentifier, string>;

export type CodeMethod = (typeof codeMethods)[CodeIdentifier];

/** How a forgotten password can be replaced, in the order in which it is offered; an empty list means not at all. */
export const forgotPasswordMethodsSchema = z.array(z.enum(Object.values(codeMethods))).max(codeIdentifiers.length);

/** The same, as it is asked for: `null` is as it was at the beginning. */
export const forgotPasswordChangeSchema = forgotPasswordMethodsSchema
  .nullable()
  .describe('Each takes a live connector of its kind. null: as at the beginning.');
