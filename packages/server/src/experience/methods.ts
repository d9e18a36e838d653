import { z } from 'zod';

/** What a person is known by. */
export const identifiers = ['phone', 'username'] as const;
export type Identifier = (typeof identifiers)[number];

/** What a sign-up asks for; the phone number is always verified by a code. */
export const signUpSchema = z.object({
  identifiers: z
    .array(z.enum(identifiers))
    .max(identifiers.length)
    .refine((listed) => new Set(listed).size === listed.length, 'Name each identifier once.')
    .describe('What a new account needs; none means that nobody signs up.'),
  password: z.boolean().describe('Whether a new account needs a password.'),
  verify: z.literal(true).describe('Phone numbers are always verified.'),
});

/** One way to sign in. */
export const signInMethodSchema = z
  .object({
    identifier: z.enum(identifiers),
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
export const forgotPasswordMethodsSchema = z.array(z.literal('PhoneVerificationCode')).max(1);
