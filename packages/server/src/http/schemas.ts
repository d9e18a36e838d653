import {
  emailProblems,
  type ParsedEmail,
  type ParsedPhone,
  parseEmail,
  parsePhone,
  readEmail,
} from '@sesame/connector-kit';
import { z } from 'zod';
import { type ErrorCode, errorCatalogue } from '../errors.ts';
import { parseLocales } from '../locale.ts';
import { type Recipient, recipientOfEmail, recipientOfPhone } from '../messaging/recipient.ts';
import { onOneLine } from '../plain-text.ts';

/** What is said of a text that cannot be a phone number. */
export const notANumber = 'Give a phone number with its country code, for example +8613800138000.';

/** A phone number: E.164 with or without the plus, with whatever people put between the digits. */
export const phoneSchema = z
  .string()
  .max(64)
  .transform((value, context) => {
    const phone = parsePhone(value);
    if (phone) return phone;
    context.addIssue(notANumber);
    return z.NEVER;
  })
  .describe(
    'Phone number in E.164, with or without the plus or with 00 in its place; in the digits of any script, with spaces, dashes, dots, slashes or brackets between them. Two spellings of one number are the same.',
  );

/** What is said of a text that cannot be an email address. */
export const notAnEmail = 'Give an email address, for example ali@example.com.';

/** Longer than any address, with what may be around it. */
const longestEmail = 320;

/** An email address, as people type and paste it. */
export const emailSchema = z
  .string()
  .max(longestEmail)
  .transform((value, context) => {
    const email = readEmail(value);
    if (typeof email !== 'string') return email;
    context.addIssue(emailProblems[email]);
    return z.NEVER;
  })
  .describe('Email address. Two spellings that differ in case, or in the script of the domain, are the same.');

/** The number that a code went to; what cannot be a number is `null`, as no code went there. */
export const recipientSchema = z
  .string()
  .max(64)
  .transform((value) => parsePhone(value) ?? null)
  .describe('The phone number that the code went to, in any spelling.');

/** The same of an address. */
export const reachedEmailSchema = z
  .string()
  .max(longestEmail)
  .transform((value) => parseEmail(value) ?? null)
  .describe('The email address that the code went to, in any spelling.');

/** A body that names one recipient, by `phone` or by `email`, beside `shape`. */
export const toOneRecipient = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.object({ phone: phoneSchema.optional(), email: emailSchema.optional(), ...shape }).superRefine(hasOneRecipient);

/** Whom a back end asks for, where it says so. */
export const endUserShape = {
  ip: z
    .union([z.ipv4(), z.ipv6()], { error: 'Give an IPv4 or IPv6 address.' })
    .optional()
    .describe('The IP address of the end user.'),
  deviceId: z
    .string()
    .min(1)
    .max(128)
    .regex(...onOneLine)
    .optional()
    .describe('An id that the browser or the app of the end user keeps; it is known once it has verified a code.'),
};

/** A body about a code that went to one recipient; `shape` is what there is beside. */
export const ofOneRecipient = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .object({ phone: recipientSchema.optional(), email: reachedEmailSchema.optional(), ...shape })
    .superRefine(hasOneRecipient);

function hasOneRecipient(body: object, context: z.core.$RefinementCtx): void {
  const { phone, email } = body as { phone?: unknown; email?: unknown };
  if ((phone === undefined) !== (email === undefined)) return;
  context.addIssue({ code: 'custom', path: ['phone'], message: 'Give either phone or email.', input: body });
}

/** Whom a body names; undefined where it cannot be anybody. */
export function recipientIn({
  phone,
  email,
}: {
  phone?: ParsedPhone | null | undefined;
  email?: ParsedEmail | null | undefined;
}): Recipient | undefined {
  if (phone) return recipientOfPhone(phone);
  return email ? recipientOfEmail(email) : undefined;
}

/** A code as it was typed or pasted. */
export const codeSchema = z
  .string()
  .max(1024)
  .describe(
    'The code, or the message that it came in: in the digits of any script, with spaces or dashes between. What holds no code of the length that the policy says is wrong and spends no try.',
  );

/** The languages that a person wishes. They are a hint: whatever is none is passed over, and stops no code. */
export const localeSchema = z
  .unknown()
  .transform(parseLocales)
  .describe(
    'The language that the person wishes (BCP 47), for example zh-CN; or several, as in `ui_locales` or `Accept-Language`. The message is in the first that there is a template in. What is no language is passed over.',
  )
  .meta({ type: 'string', example: 'zh-TW,zh;q=0.9,en;q=0.8' });

export const idParams = z.object({ id: z.string().min(1).max(128) });

/**
 * Under what the errors that an operation may answer with stand among its responses. Fastify passes over symbols, and so
 * makes nothing ready for the statuses of hundreds of operations whose replies `errors.ts` writes.
 */
const refusals = Symbol('refusals');

/** The errors that an operation may answer with, and no others, for the OpenAPI document. */
export const onlyErrorResponses = (...codes: ErrorCode[]) => ({ [refusals]: codes });

/** These, and those that every operation may answer with. */
export const errorResponses = (...codes: ErrorCode[]) =>
  onlyErrorResponses('guard.invalid_input', 'auth.unauthorized', 'auth.forbidden', 'system.unavailable', ...codes);

/** Those that every operation which is open to everybody may answer with. */
export const publicErrorResponses = () => onlyErrorResponses('guard.invalid_input', 'system.unavailable');

const details = z.record(z.string(), z.unknown());

/**
 * What every refusal answers with. One for all operations: they are hundreds, and each object of zod takes a kilobyte
 * or two.
 */
export const errorSchema = z
  .object({ code: z.string(), message: z.string(), data: z.union([details, z.array(details)]).optional() })
  .meta({ id: 'Error' });

/** Responses with their errors written out by status. What an operation says itself of a status goes before. */
export function withErrors(responses: { [refusals]?: ErrorCode[] }): Record<string, unknown> {
  const byStatus = Map.groupBy(responses[refusals] ?? [], (code) => errorCatalogue[code].status);
  return {
    ...Object.fromEntries([...byStatus].map(([status, codes]) => [status, errorResponse(codes)])),
    ...responses,
  };
}

const errorResponse = (codes: ErrorCode[]) => ({
  description: codes.map((code) => `\`${code}\`: ${errorCatalogue[code].message}`).join('\n\n'),
  content: { 'application/json': { schema: errorSchema } },
});

/** The reply of an operation that has nothing to say. */
export const noContent = z.null().describe('Done.');
