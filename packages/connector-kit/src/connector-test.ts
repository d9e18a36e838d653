import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConfigGuard, CreateConnector, SendMessageData, SendResult } from './connector.ts';
import { ConnectorError } from './connector-error.ts';
import type { ReadReports, ReportRequest } from './reports.ts';

/** The code of a test message. */
export const testCode = '918273';

/** A text for each usage type; the code in that for SignIn becomes the placeholder. */
export function testTemplates(signInText: string) {
  return [
    { usageType: 'SignIn', content: signInText.replace(testCode, '{{code}}') },
    { usageType: 'Register', content: 'Sign-up code {{code}}' },
    { usageType: 'ForgotPassword', content: 'Reset code {{code}}' },
    { usageType: 'Generic', content: 'Code {{code}}' },
  ];
}

/** Templates of mails: the text of each is also its content, in HTML. */
export function testMailTemplates(signInText: string) {
  return testTemplates(signInText).map(({ usageType, content }) => ({
    usageType,
    subject: `{{code}} for ${usageType}`,
    content: `<p>${content}</p>`,
  }));
}

/** A configuration with the mail of the contract suite in each of its templates. */
export const withMail = (config: Record<string, unknown>, mail: object) => ({
  ...config,
  templates: (config.templates as object[]).map((template) => ({ ...template, ...mail })),
});

/** A change of a configuration that makes sign-in messages carry this text. */
export const withText = (signInText: string) => ({ templates: testTemplates(signInText) });

/**
 * Makes a function that sends a sign-in code to the double at `endpoint`, with changes to the configuration, the message
 * and the clock. Nothing waits between attempts.
 * @example const sendTo = createTestSender({ create, config, recipient }); await sendTo(double.url)
 */
export function createTestSender(given: {
  create: CreateConnector;
  /** A complete configuration, apart from the endpoint. */
  config: Record<string, unknown>;
  recipient: string;
  /** Milliseconds since the epoch; the real time by default. */
  now?: number;
}) {
  return async (
    endpoint: string,
    changes: Record<string, unknown> = {},
    data: Partial<SendMessageData> = {},
    clock = given.now,
  ): Promise<SendResult> => {
    const connector = await given.create({
      getConfig: async () => ({ ...given.config, endpoint, ...changes }),
      ...(clock !== undefined && { now: () => clock }),
      sleep: async () => {},
    });
    return connector.sendMessage({
      to: given.recipient,
      type: 'SignIn',
      payload: { code: testCode },
      messageId: 'message-1',
      lifetimeSeconds: 600,
      ...data,
    });
  };
}

/** The error of a send that has to fail. */
export async function failureOf(sending: Promise<unknown>): Promise<ConnectorError> {
  const error = await sending.then(
    () => assert.fail('The connector reported success'),
    (reason: unknown) => reason,
  );
  assert(error instanceof ConnectorError, error as Error);
  return error;
}

/** What a check refuses of a configuration: the path of each field at fault, and what it says of it. */
export function problemsOf(guard: ConfigGuard<unknown>, input: unknown): [path: string, message: string][] {
  const result = guard.safeParse(input);
  return result.success ? [] : result.error.issues.map(({ path, message }) => [path.map(String).join('.'), message]);
}

/**
 * The rows of the guide's tables that match, sorted; a row is what the groups of `row` caught, with spaces between them.
 * @example await guideRows(import.meta.dirname, /^\| `(\w+)` +\| (\w+) +\|/gm, 'Errors')
 */
export async function guideRows(folder: string, row: RegExp, section?: string): Promise<string[]> {
  const guide = await readFile(join(folder, 'README.md'), 'utf8');
  const text = section ? (guide.split(`\n## ${section}\n`)[1]?.split('\n## ')[0] ?? '') : guide;
  return [...text.matchAll(row)].map(([, ...cells]) => cells.join(' ')).sort();
}

/** The rows that a guide should have for a table of refusals: each code and its kind, sorted. */
export function refusalRows(...tables: Iterable<readonly [string | number, { kind: string }]>[]): string[] {
  return tables.flatMap((table) => [...table].map(([code, { kind }]) => `${code} ${kind}`)).sort();
}

/** Makes a function that reads what a provider pushed: a text, or a value as JSON. */
export const pushedTo =
  ({ read }: { read: (request: ReportRequest) => ReadReports | Promise<ReadReports> }) =>
  async (body: unknown): Promise<ReadReports> =>
    read({
      method: 'POST',
      urls: ['https://sign-in.example.com/callbacks/c1/secret'],
      headers: {},
      body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    });
