import { parsePhone } from '@sesame/connector-kit';
import { z } from 'zod';
import { type ErrorCode, errorCatalogue } from '../errors.ts';

/** A phone number: E.164 with or without the plus, spaces and dashes allowed. */
export const phoneSchema = z
  .string()
  .max(40)
  .transform((value, context) => {
    const phone = parsePhone(value);
    if (phone) return phone;
    context.addIssue('Give a phone number with its country code, for example +8613800138000.');
    return z.NEVER;
  })
  .describe('Phone number in E.164, with or without the plus; spaces and dashes are allowed.');

/** A language tag, for example `zh-CN`. */
export const localeSchema = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'Give a language tag, for example en or zh-CN.')
  .describe('Language of the message (BCP 47).');

export const idParams = z.object({ id: z.string().min(1).max(128) });

/** The responses of the errors that an operation may answer with, for the OpenAPI document. */
export function errorResponses(...codes: ErrorCode[]) {
  const byStatus = Map.groupBy<number, ErrorCode>(
    ['guard.invalid_input', 'auth.unauthorized', 'auth.forbidden', 'system.unavailable', ...codes],
    (code) => errorCatalogue[code].status,
  );
  return Object.fromEntries([...byStatus].map(([status, listed]) => [status, errorSchema(listed)]));
}

const errorSchema = (codes: ErrorCode[]) =>
  z
    .object({ code: z.string(), message: z.string(), data: z.record(z.string(), z.unknown()).optional() })
    .describe(codes.map((code) => `\`${code}\`: ${errorCatalogue[code].message}`).join('\n\n'));

/** The reply of an operation that has nothing to say. */
export const noContent = z.null().describe('Done.');
