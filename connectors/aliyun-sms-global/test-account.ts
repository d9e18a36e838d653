import { ConnectorError, type SendMessageData } from '@sesame/connector-kit';
import { expect } from 'vitest';
import create from './index.ts';

/** The clock of the tests and of the double. */
export const now = Date.parse('2026-03-01T08:00:00.999Z');
const key = { accessKeyId: 'LTAI5tExampleKeyId', accessKeySecret: 'ExampleSecretOfTheKey' };
/** The account that the double stands for in the tests; nothing in it is real. */
export const account = { ...key, senderIds: ['Acme'], now: () => now };

/** A number that the double accepts. */
export const recipient = '+447911123456';
export const code = '918273';
/** What the SignIn template makes of the code. */
export const signInText = `Code ${code} & more: 100% café (登录)!`;

export const templates = [
  { usageType: 'SignIn', content: signInText.replace(code, '{{code}}') },
  { usageType: 'Register', content: 'Sign-up code {{code}}' },
  { usageType: 'ForgotPassword', content: 'Reset code {{code}}' },
  { usageType: 'Generic', content: 'Code {{code}}' },
];

/** A complete configuration, apart from the endpoint. */
export const config = { ...key, from: 'Acme', templates };

/** Sends a sign-in code to the double at `endpoint`, with changes to the configuration and to the message. */
export async function sendTo(
  endpoint: string,
  changes: Record<string, unknown> = {},
  data: Partial<SendMessageData> = {},
) {
  const connector = await create({
    getConfig: async () => ({ ...config, endpoint, ...changes }),
    now: () => now,
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
