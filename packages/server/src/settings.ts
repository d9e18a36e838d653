import { isIPv4, isIPv6 } from 'node:net';
import { z } from 'zod';

/** One setting: what an administrator reads about it, and how its text becomes a value. */
export type Setting<T> = {
  /** What it is for; becomes a sentence in docs/configuration.md. */
  about: string;
  /** Another variable that is read when this one is absent or empty. */
  alias?: string;
  /** The text that holds when the setting is absent or empty. */
  defaultText?: string;
  /** What holds then, in words, where it is no fixed text. */
  defaultWords?: string;
  /** Nobody sees its value. */
  isSecret?: true;
  /** What it takes, as in "SESAME_PORT takes …". */
  takes: string;
  parser: z.ZodType<T, string>;
};

const wholeNumber = (low: number, high: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(low).max(high));
/** Whether a secret is more than a few characters over and over; what is random has more than these. */
export const isVaried = (text: string): boolean => new Set(text).size >= 6;

/** What nobody sees around it does not count: nobody would choose it. */
const longText = (characters: number) =>
  z.string().refine((text) => text.replace(/^[\s\p{C}]+|[\s\p{C}]+$/gu, '').length >= characters);
const port = wholeNumber(1, 65_535);
const portTakes = 'a port from 1 to 65535';

/** Every setting, by the name of its environment variable. docs/configuration.md is made from this table. */
export const settings = {
  SESAME_PORT: {
    alias: 'PORT',
    about: 'The port to listen on. Hosting services often set `PORT`; `SESAME_PORT` wins.',
    defaultText: '3001',
    takes: portTakes,
    parser: port,
  },
  SESAME_HOST: {
    about:
      'The address to listen on. By default only this machine gets through, which suits a reverse proxy beside ' +
      'Sesame. `0.0.0.0` or `::` lets in other machines; a container needs that, and the image sets it.',
    defaultText: 'localhost',
    takes: 'a host name or an IP address',
    parser: z.string().regex(/^[\w.:%-]+$/),
  },
  SESAME_PUBLIC_URL: {
    about:
      'Where browsers and applications reach Sesame. Cookies, redirects and the OpenID Connect issuer depend on it, ' +
      'so set it before the first sign-in and keep it. Anything but `localhost` should be https.',
    defaultWords: '`http://localhost:` and the port',
    takes: 'an http or https URL of a host and at most a port, for example https://sign-in.example.com',
    parser: z.string().transform(toOrigin).pipe(z.string()),
  },
  SESAME_DATA_DIR: {
    about: 'The folder for the SQLite database, the key file and installed connectors; made when it is not there.',
    defaultText: './data',
    takes: 'a path',
    parser: z.string(),
  },
  SESAME_CONNECTORS_DIR: {
    about:
      'A folder with connectors of your own beside those that `npx sesame connectors add` installs. Each of its ' +
      'sub-folders holds one; Sesame only reads there.',
    defaultWords: 'none',
    takes: 'a path',
    parser: z.string(),
  },
  SESAME_DATABASE_URL: {
    about:
      'A PostgreSQL database (14 or later), for example `postgres://sesame:password@localhost:5432/sesame`. ' +
      "Sesame makes its tables itself. Parameters after the path mean what they mean to PostgreSQL's own programs: " +
      '`host` (a name, or the folder of a Unix socket), `port`, `dbname`, `user`, `password`, ' +
      '`target_session_attrs` (`any`, `read-write`, `primary`), ' +
      '`sslmode` (`disable`, `allow`, `prefer`, `require`, `verify-ca`, `verify-full`; without one `prefer`), ' +
      '`sslrootcert` (a file, or `system`), `sslcert` and `sslkey` (files), `options` (`-c name=value`), ' +
      '`application_name` and `connect_timeout` (seconds). Two are our own: `schema`, the schema of the tables, and ' +
      '`prepared_statements` (`true` or `false`; by default `true`, but behind a connection pooler `false`). ' +
      'Any other stops the start. [Operations](operations.md#postgresql) says more.',
    defaultWords: 'none: SQLite in the data folder',
    takes: 'a URL that starts with postgres:// or postgresql://',
    parser: z.string().regex(/^postgres(ql)?:\/\//),
  },
  SESAME_SECRET_KEY: {
    about:
      'The secret that codes, cookies and stored secrets are protected with, for example from ' +
      '`openssl rand -base64 48`. Every process on one database needs the same. Without it, what is stored ' +
      'encrypted (connector configurations, signing keys) cannot be read again.',
    defaultWords: 'the file `secret.key` in the data folder, made at the first start',
    isSecret: true,
    takes: 'at least 32 characters, six or more of them different',
    parser: longText(32).refine(isVaried),
  },
  SESAME_ADMIN_USERNAME: {
    about: 'The first administrator, made at start if there is none at all. Needs `SESAME_ADMIN_PASSWORD`.',
    defaultWords: 'none; the start prints a link to make the first one',
    takes: '1 to 128 letters, digits, dots, dashes, underscores and @',
    parser: z.string().regex(/^[\w.@-]{1,128}$/),
  },
  SESAME_ADMIN_PASSWORD: {
    about: 'The password of that administrator. Neither is read again once there is one.',
    isSecret: true,
    takes: 'at least 8 characters',
    parser: longText(8),
  },
  SESAME_MANAGEMENT_CLIENT_ID: {
    about:
      'Id of a machine-to-machine application that may call the Management API: every start sees to both. ' +
      'Needs `SESAME_MANAGEMENT_CLIENT_SECRET`.',
    takes: '1 to 128 letters, digits, dots, dashes and underscores',
    parser: z.string().regex(/^[\w.-]{1,128}$/),
  },
  SESAME_MANAGEMENT_CLIENT_SECRET: {
    about: 'The secret of that application.',
    isSecret: true,
    takes: '16 to 128 characters of printable ASCII, six or more of them different',
    // RFC 6749, A.2.
    parser: z
      .string()
      .regex(/^[\x20-\x7e]{16,128}$/)
      .refine(isVaried),
  },
  SESAME_API_INDICATOR: {
    about: 'What clients name as `resource` when they ask for a token for the Management API.',
    defaultWords: 'the public URL and `/api`',
    takes: 'an absolute URI without a fragment',
    parser: z.string().refine((text) => URL.canParse(text) && !text.includes('#')),
  },
  SESAME_LOG_LEVEL: {
    about: 'The least severe lines to log. `debug` has a line per request.',
    defaultText: 'info',
    takes: 'fatal, error, warn, info, debug, trace or silent',
    parser: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
  },
  SESAME_TRUSTED_PROXIES: {
    about:
      'Reverse proxies whose `X-Forwarded-For` is believed, with or without ports and brackets. Without them the ' +
      'limits per network see only the proxy.',
    defaultWords: 'none',
    takes: 'IP addresses and networks such as 10.0.0.0/8 with commas between; also loopback, linklocal, uniquelocal',
    parser: z
      .string()
      .transform((text) => text.split(',').map((part) => part.trim()))
      .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6(), z.enum(proxyNetworks())]))),
  },
  SESAME_METRICS_PORT: {
    about: 'A port of its own for `GET /metrics` in the format of Prometheus, at the same address as `SESAME_HOST`.',
    defaultWords: 'none: no metrics',
    takes: portTakes,
    parser: port,
  },
  SESAME_MESSAGE_RETENTION_DAYS: {
    about: 'How many days records of messages are kept. They hold phone numbers, never codes. `0` keeps them for ever.',
    defaultText: '90',
    takes: 'a whole number from 0 to 36500',
    parser: wholeNumber(0, 36_500),
  },
  SESAME_DNS: {
    about:
      'Which DNS servers are asked what SPF, DKIM and DMARC of the sender of mails say. Nothing else looks there. `off` ' +
      'looks nothing up, for machines that reach no DNS.',
    defaultWords: 'those of the system',
    takes: 'IP addresses with or without a port, with commas between, or off',
    parser: z
      .string()
      .transform((text) => (text.trim() === 'off' ? ('off' as const) : text.split(',').map((part) => part.trim())))
      .pipe(z.union([z.literal('off'), z.array(z.string().refine(isDnsServer))])),
  },
  SESAME_PRIVATE_WEBHOOKS: {
    about:
      'Lets webhooks go to private networks and to this machine. Otherwise, they reach the public internet alone, so that ' +
      'whoever may set one up cannot use Sesame to reach what is behind it. [Webhooks](webhooks.md) says more.',
    defaultWords: 'none: public addresses alone',
    takes: 'allow',
    parser: z.literal('allow'),
  },
  SESAME_FEEDBACK_URL: {
    about:
      'Where administrators ask for a connector that is missing, for example the page for new issues of a project. The ' +
      'Console links to it beside “Create your own”.',
    defaultWords: 'none: no link',
    takes: 'an https URL',
    parser: z.string().refine((text) => URL.parse(text)?.protocol === 'https:'),
  },
  NODE_ENV: {
    about:
      'Set it to `production` where real people sign in. Otherwise, a start without any connector sets up the ' +
      'development inbox, which sends nothing and shows every code in the terminal. In production an inbox that ' +
      'somebody sets up shows them in the Console alone.',
    defaultText: 'development',
    takes: 'any word, usually production or development',
    parser: z.string(),
  },
} as const satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof settings;
export type SettingValue<N extends SettingName> = z.output<(typeof settings)[N]['parser']>;

/** The names that Fastify gives to networks that are never on the internet. */
function proxyNetworks() {
  return ['loopback', 'linklocal', 'uniquelocal'] as const;
}

/** `address`, `address:port` or `[address]:port`. */
function isDnsServer(text: string): boolean {
  const [, bracketed, bare, portText] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (portText !== undefined && !port.safeParse(portText).success) return false;
  if (bare !== undefined) return isIPv4(bare);
  return isIPv6(bracketed ?? text);
}

function toOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, origin, href } = new URL(text);
  return /^https?:$/.test(protocol) && href === `${origin}/` ? origin : undefined;
}
