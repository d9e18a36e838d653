import { z } from 'zod';

/** How codes are made and tried. Code lengths are what every provider's templates can carry. */
export const verificationCodePolicySchema = z.object({
  codeLength: z.int().min(4).max(6).describe('Digits of a code.'),
  expirationDuration: z.int().min(60).max(600).describe('How long a code is valid, in seconds.'),
  maxRetryAttempts: z.int().min(1).max(100).describe('How many answers to one code are taken.'),
  newCodeEachTime: z
    .boolean()
    .optional()
    .describe(
      'Whether each message has a code of its own. Otherwise whoever asks again within half of `expirationDuration` gets the same code, so that it does not matter which message arrives first.',
    ),
});

/** How many messages may be asked for. */
export const messageRateLimitPolicySchema = z.object({
  sendWindow: z.int().min(60).max(86_400).describe('The window that sends are counted in, in seconds.'),
  maxSendsPerRecipient: z
    .int()
    .min(1)
    .max(1_000_000)
    .nullable()
    .describe(
      'Sends to one number in a window, by everybody whom the server does not know. Back ends, and each browser that has signed in to the account of the number, have as many of their own; all such browsers together twice as many.',
    ),
  maxSendsPerAddress: z
    .int()
    .min(1)
    .max(1_000_000)
    .nullable()
    .describe(
      'Sends that one client network (IPv4 address, IPv6 /64) may ask for in a window, in the flows of end users; a /24 or /48 may ask for four times as many.',
    ),
  maxSendsTotal: z
    .int()
    .min(1)
    .max(1_000_000_000)
    .nullable()
    .describe(
      'Sends in all in a window, nine tenths of them by people whom the server does not know, and nineteen twentieths by those and back ends together. Where nobody may learn whether a number has an account, messages count apart, up to as many again.',
    ),
  resendInterval: z.int().min(0).max(600).describe('How long end users wait before they can resend, in seconds.'),
});

/** Whether owners are told that something of their account was changed which signs in, and by what. */
export const accountNoticesSchema = z.object({
  email: z
    .boolean()
    .describe('Whether a mail tells it: to the address that the account had before. It takes a live email connector.'),
  sms: z
    .boolean()
    .describe(
      'Whether an SMS tells it where no mail can: to the number that the account had before. Each costs what a code costs.',
    ),
});

/** Whether whoever has passed a second factor may have the browser trusted. */
export const trustedDevicePolicySchema = z.object({
  enabled: z
    .boolean()
    .describe(
      'Whether people may choose, where a second code is asked for, that it is not asked for again in this browser for some days.',
    ),
  durationDays: z
    .int()
    .min(1)
    .max(365)
    .describe('For how many days. Fewer count for browsers that are trusted already; more for new ones.'),
});
export type TrustedDevicePolicy = z.infer<typeof trustedDevicePolicySchema>;

/** Whether people are told from programs before something is sent, or somebody signs in. */
export const captchaPolicySchema = z.object({
  enabled: z
    .boolean()
    .describe(
      'Whether everybody who signs in, signs up or has forgotten a password passes a human check, as at Logto.',
    ),
  waitSeconds: z
    .int()
    .min(10)
    .max(600)
    .nullable()
    .describe(
      'How long people wait on hosted pages who cannot be checked, for example without a script; null: they cannot go on.',
    ),
});
