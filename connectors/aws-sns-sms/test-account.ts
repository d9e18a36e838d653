import { ConnectorError, type SendMessageData } from '@sesame/connector-kit';
import { expect } from 'vitest';
import create from './index.ts';

/** The account that the double stands for in the tests; nothing in it is real. */
export const now = Date.parse('2026-03-01T23:59:59.999Z');
export const account = {
  accessKeyId: 'AKIDEXAMPLE',
  accessKeySecret: 'secret/access+key/of+the+tests',
  region: 'eu-west-1',
  originationNumbers: ['+18005550100'],
  now: () => now,
};

/** A number that the double accepts. */
export const recipient = '+12025550123';
export const code = '918273';
/** What the SignIn template makes of the code. */
export const signInText = `Sign-in code ${code} & more: 100% café ~*'() 登录`;

export const templates = [
  { usageType: 'SignIn', content: signInText.replace(code, '{{code}}') },
  { usageType: 'Register', content: 'Sign-up code {{code}}' },
  { usageType: 'ForgotPassword', content: 'Reset code {{code}}' },
  { usageType: 'Generic', content: 'Code {{code}}' },
];

export const config = {
  accessKeyId: account.accessKeyId,
  accessKeySecret: account.accessKeySecret,
  region: account.region,
  templates,
};

/** Sends a sign-in code to the double at `endpoint`, with changes to the configuration, the message and the clock. */
export async function sendTo(
  endpoint: string,
  change: Record<string, unknown> = {},
  data: Partial<SendMessageData> = {},
  clock = now,
) {
  const connector = await create({
    getConfig: async () => ({ ...config, endpoint, ...change }),
    now: () => clock,
    sleep: async () => {},
  });
  return connector.sendMessage({ to: recipient, type: 'SignIn', payload: { code }, lifetimeSeconds: 600, ...data });
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
