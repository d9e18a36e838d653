import { createTestSender, testCode, testTemplates } from '@sesame/connector-kit/connector-test';
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
/** What the SignIn template makes of the code. */
export const signInText = `Sign-in code ${testCode} & more: 100% café ~*'() 登录`;

export const templates = testTemplates(signInText);

export const config = {
  accessKeyId: account.accessKeyId,
  accessKeySecret: account.accessKeySecret,
  region: account.region,
  templates,
};

/** Sends a sign-in code to the double at `endpoint`. */
export const sendTo = createTestSender({ create, config, recipient, now });
