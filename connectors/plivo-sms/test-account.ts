import { ConnectorError, type SendMessageData } from '@sesame/connector-kit';
import { expect } from 'vitest';
import create from './index.ts';

/** The account that the double stands for in the tests; nothing in it is real. */
export const account = { authId: 'MA00000000000000TEST', authToken: 'auth-token-of-the-tests' };
export const powerpackUuid = '86bbb125-97bb-4d72-89fd-81d5c515b015';

/** A number that the double accepts. */
export const recipient = '+14157654321';
export const code = '918273';
/** What the SignIn template makes of the code. */
export const signInText = `Sign-in code ${code} & more: 100% café 登录`;

export const templates = [
  { usageType: 'SignIn', content: signInText.replace(code, '{{code}}') },
  { usageType: 'Register', content: 'Sign-up code {{code}}' },
  { usageType: 'ForgotPassword', content: 'Reset code {{code}}' },
  { usageType: 'Generic', content: 'Code {{code}}' },
];

export const config = { ...account, src: '+1 415 123 4567', templates };

/** Sends a sign-in code to the double at `endpoint`, with changes to the configuration and to the message. */
export async function sendTo(
  endpoint: string,
  changes: Record<string, unknown> = {},
  data: Partial<SendMessageData> = {},
) {
  const stored = { ...config, endpoint, ...changes };
  const connector = await create({ getConfig: async () => stored, sleep: async () => {} });
  return connector.sendMessage({ to: recipient, type: 'SignIn', payload: { code }, lifetimeSeconds: 600, ...data });
}

/** The templates with another text for SignIn. */
export const withText = (content: string) => ({ templates: [...templates.slice(1), { usageType: 'SignIn', content }] });

/** The error of a send that has to fail. */
export async function failureOf(sending: Promise<unknown>): Promise<ConnectorError> {
  const error = await sending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ConnectorError);
  return error as ConnectorError;
}
