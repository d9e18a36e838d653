import { ConnectorError, type SendMessageData } from '@sesame/connector-kit';
import { expect } from 'vitest';
import create from './index.ts';

/** The account that the double stands for in the tests; nothing in it is real. */
export const account = { accessKey: 'live_access-key-of-the-tests' };

/** A number that the double accepts. */
export const recipient = '+31612345678';
export const code = '918273';
/** What the SignIn template makes of the code. */
export const signInText = `Sign-in code ${code} & more: 100% "café" 登录`;

export const templates = [
  { usageType: 'SignIn', content: signInText.replace(code, '{{code}}') },
  { usageType: 'Register', content: 'Sign-up code {{code}}' },
  { usageType: 'ForgotPassword', content: 'Reset code {{code}}' },
  { usageType: 'Generic', content: 'Code {{code}}' },
];

export const config = { accessKey: account.accessKey, originator: 'Sesame', templates };

/** Sends a sign-in code to the double at `endpoint`, with changes to the configuration and to the message. */
export async function sendTo(
  endpoint: string,
  change: Record<string, unknown> = {},
  data: Partial<SendMessageData> = {},
) {
  const connector = await create({
    getConfig: async () => ({ ...config, endpoint, ...change }),
    sleep: async () => {},
  });
  return connector.sendMessage({
    to: recipient,
    type: 'SignIn',
    payload: { code },
    messageId: 'message-1',
    lifetimeSeconds: 600,
    ...data,
  });
}

/** The error of a send that has to fail. */
export async function failureOf(sending: Promise<unknown>): Promise<ConnectorError> {
  const error = await sending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ConnectorError);
  return error as ConnectorError;
}
