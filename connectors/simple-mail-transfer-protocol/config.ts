import { isIP } from 'node:net';
import {
  endpointGuard,
  headerText,
  mailboxGuard,
  mailTemplatesGuard,
  oneLine,
  optionalText,
  requiredText,
} from '@sesame/connector-kit';
import { z } from 'zod';

const text = requiredText();
const line = text.regex(oneLine, 'Write it on one line.');
const optionalLine = headerText.optional();
/** Forms leave an empty string where nothing was typed; that means the same as a missing key. */
const orMissing = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' || value === null ? undefined : value), schema);
const milliseconds = (standard: number) => orMissing(z.coerce.number().int().min(1).default(standard));

const oauth2 = z.enum(['oauth2', 'OAuth2', 'OAUTH2']).optional();

/** User and password; neither for a relay that trusts the address of this server. */
const login = z.strictObject({
  user: optionalLine,
  pass: z.string().optional(),
  type: z.enum(['login', 'Login', 'LOGIN']).optional(),
});
/** An account of a service, which signs for the user (RFC 7523). */
const serviceAccount = z.object({
  type: oauth2,
  user: line,
  privateKey: z.union([text, z.object({ key: text, passphrase: text })]),
  serviceClient: text,
  accessUrl: orMissing(endpointGuard.optional()),
});
/** A token, or what gets one (RFC 6749, section 6). */
const refreshToken = z
  .object({
    type: oauth2,
    user: line,
    clientId: optionalText,
    clientSecret: optionalText,
    refreshToken: optionalText,
    accessToken: optionalText,
    /** Milliseconds since the epoch. */
    expires: orMissing(z.coerce.number().optional()),
    accessUrl: orMissing(endpointGuard.optional()),
  })
  .refine(
    (auth) => auth.refreshToken || auth.accessToken,
    'Give "pass", or for OAuth 2 a "refreshToken", an "accessToken", or "serviceClient" with "privateKey".',
  );

/** Headers that the mail itself sets: another of them would say that it is for somebody else, or something else. */
const ownHeaders = /^(?:from|sender|to|cc|bcc|subject|mime-version|content-.*)$/i;
const headerName = z
  .string()
  .regex(/^[\x21-\x39\x3b-\x7e]+$/, 'A header has a name of ASCII characters without spaces and colons.')
  .refine((name) => !ownHeaders.test(name), 'The mail sets this header itself; leave it out.');
const headerValue = z.string().regex(oneLine, 'Write it on one line.');

/** Of a key that cannot be one, its own words. */
const whyNoKey = (issue: z.core.$ZodRawIssue) => (issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined);

const pem = z.union([z.string(), z.array(z.string())]);

/** What of Node's options for TLS can be written as JSON: https://nodejs.org/api/tls.html#tlscreatesecurecontextoptions */
const tlsOptions = z
  .strictObject({
    rejectUnauthorized: z.boolean(),
    servername: z.string(),
    ca: pem,
    cert: pem,
    key: pem,
    passphrase: z.string(),
    crl: pem,
    minVersion: z.enum(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']),
    maxVersion: z.enum(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']),
    ciphers: z.string(),
    ecdhCurve: z.string(),
    sigalgs: z.string(),
    dhparam: z.string(),
    secureProtocol: z.string(),
    secureOptions: z.number(),
    honorCipherOrder: z.boolean(),
  })
  .partial();

/** A name or an address alone; a colon stands in addresses of IPv6 only. */
const host = line.regex(
  /^(?:[^\s:/@[\]]+|[\da-f]*(?::[\da-f]*){2,}(?:[\d.]+)?(?:%\w+)?)$/i,
  'Give a host name or an IP address alone, without a port, a path or brackets.',
);
const nameInGreeting = optionalLine.refine(
  (name) => name === undefined || /^[\w.:[\]-]+$/.test(name),
  'Give a host name in ASCII, or an IP address in brackets.',
);
const ownAddress = optionalLine.refine(
  (address) => address === undefined || isIP(address) > 0,
  'Give an IP address of this server.',
);

/** What an administrator fills in, by Logto's keys. */
export const configGuard = z.object({
  host,
  port: z.coerce.number().int().min(1).max(65_535),
  auth: z.union([login, serviceAccount, refreshToken], {
    error: 'Give { "user", "pass" }, {} for a relay without sign-in, or the fields for OAuth 2 that the guide lists.',
  }),
  fromEmail: mailboxGuard,
  replyTo: optionalLine,
  templates: mailTemplatesGuard,
  secure: z.boolean().default(false),
  requireTLS: z.boolean().optional(),
  ignoreTLS: z.boolean().optional(),
  tls: tlsOptions.optional(),
  servername: optionalLine,
  name: nameInGreeting,
  localAddress: ownAddress,
  connectionTimeout: milliseconds(120_000),
  greetingTimeout: milliseconds(30_000),
  socketTimeout: milliseconds(600_000),
  dnsTimeout: milliseconds(30_000),
  customHeaders: z.record(headerName, z.union([headerValue, z.array(headerValue)]), { error: whyNoKey }).optional(),
  logger: z.boolean().optional(),
  debug: z.boolean().optional(),
  /** Always on: a mail is made of texts alone. */
  disableFileAccess: z.boolean().optional(),
  disableUrlAccess: z.boolean().optional(),
});

/** A checked configuration. */
export type SmtpConfig = z.infer<typeof configGuard>;
