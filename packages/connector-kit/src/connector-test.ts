import assert from 'node:assert/strict';
import type { CreateConnector, SendMessageData, SendResult } from './connector.ts';
import { ConnectorError } from './connector-error.ts';

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
