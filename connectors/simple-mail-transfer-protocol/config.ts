import { optionalText, requiredText, templatesGuard } from '@sesame/connector-kit';
import { z } from 'zod';

const text = z.string().trim().min(1);
const milliseconds = (standard: number) => z.coerce.number().int().min(1).default(standard);

const login = z.strictObject({ user: text.optional(), pass: text.optional(), type: z.literal('login').optional() });
const serviceAccount = z.strictObject({
  type: z.literal('oauth2').optional(),
  user: text,
  privateKey: z.union([text, z.strictObject({ key: text, passphrase: text })]),
  serviceClient: text,
});
const refreshToken = z.strictObject({
  type: z.literal('oauth2').optional(),
  user: text,
  clientId: text.optional(),
  clientSecret: text.optional(),
  refreshToken: text.optional(),
  accessToken: text.optional(),
  expires: z.number().optional(),
  accessUrl: z.url().optional(),
});

/** What an administrator fills in, by Logto's keys. */
export const configGuard = z.object({
  host: requiredText(),
  port: z.coerce.number().int().min(1).max(65_535),
  auth: z.union([login, serviceAccount, refreshToken]),
  fromEmail: requiredText().regex(/^[^\p{Cc}]*$/u, 'Write it on one line.'),
  replyTo: optionalText,
  templates: templatesGuard({
    subject: z.string().min(1),
    content: z.string().min(1),
    contentType: z.enum(['text/plain', 'text/html']).optional(),
  }),
  secure: z.boolean().default(false),
  requireTLS: z.boolean().optional(),
  ignoreTLS: z.boolean().optional(),
  tls: z.record(z.string(), z.unknown()).optional(),
  servername: optionalText,
  name: optionalText,
  localAddress: optionalText,
  connectionTimeout: milliseconds(120_000),
  greetingTimeout: milliseconds(30_000),
  socketTimeout: milliseconds(600_000),
  dnsTimeout: milliseconds(30_000),
  customHeaders: z.record(z.string(), z.string().regex(/^[^\p{Cc}]*$/u, 'Write it on one line.')).optional(),
});

/** A checked configuration. */
export type SmtpConfig = z.infer<typeof configGuard>;
