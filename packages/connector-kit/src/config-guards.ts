import { z } from 'zod';
import type { FormItem } from './connector.ts';
import { defaultContentTemplates } from './default-texts.ts';
import { requiredUsageTypes } from './template.ts';
import { withScheme } from './web-address.ts';

/** Whether a host is this machine by its name or address; one of IPv6 may have the brackets of URLs. */
export const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);

/** A base URL to send to: https, or http to a loopback address; no credentials, no query, no fragment. */
export const endpointGuard = z
  .string()
  .trim()
  .refine(isEndpoint, { error: ({ input }) => endpointProblem(String(input)) });

// What was typed is not repeated: a path may hold what nobody else should read.
const endpointProblem = (value: string) =>
  withScheme(value)
    ? 'The scheme is missing: put https:// in front.'
    : 'Give an https URL (http is allowed to a loopback address only), without credentials or query.';

function isEndpoint(value: string): boolean {
  // The parser drops line breaks and forgives an empty query, but connectors append paths to the text as it is.
  if (/[\s\\?#]/.test(value)) return false;
  const url = URL.parse(value);
  if (!url || url.username || url.password) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

/** A base URL as `endpointGuard` takes it; without one, or with an empty one, it is `standard`. Slashes at its end go. */
export function endpointOr(standard: string) {
  return z
    .string()
    .trim()
    .transform((value) => value.replace(/\/+$/, '') || standard)
    .pipe(endpointGuard)
    .default(standard);
}

/** A text that has to be there; `message` asks for it. Space around it goes. */
export const requiredText = (message = 'Fill this in.') => z.string(message).trim().min(1, message);

/** Forms leave an empty string where nothing was typed; that means the same as a missing key. */
export const optionalText = z
  .string()
  .trim()
  .transform((value) => value || undefined)
  .optional();

/** A list of templates that covers Register, SignIn, ForgotPassword and Generic. */
export function templatesGuard<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .array(z.object({ usageType: z.string().min(1), locale: z.string().min(1).optional(), ...shape }))
    .superRefine((templates, context) => {
      const present = new Set(templates.map((template) => (template as { usageType: string }).usageType));
      const missing = requiredUsageTypes.filter((usageType) => !present.has(usageType));
      if (missing.length > 0) {
        context.addIssue({ code: 'custom', message: `Add a template for ${missing.join(', ')}.` });
      }
    });
}

/** Templates whose text is ours. */
export const contentTemplatesGuard = templatesGuard({ content: z.string().min(1) });

/** The form item for templates whose text is ours. */
export const contentTemplatesItem: FormItem = {
  key: 'templates',
  label: 'Templates',
  type: 'Json',
  required: true,
  defaultValue: defaultContentTemplates,
  description:
    'Register, SignIn, ForgotPassword and Generic are needed; Generic stands in for the others. {{code}} stands for the verification code.',
  translations: {
    'zh-CN': {
      label: '模板',
      description:
        'Register、SignIn、ForgotPassword 和 Generic 均为必填；其他用途没有模板时使用 Generic。{{code}} 代表验证码。',
    },
  },
};
