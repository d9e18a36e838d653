import { createTestSender, testCode, testTemplates } from '@sesame/connector-kit/connector-test';
import create from './index.ts';

/** The account that the double stands for in the tests; nothing in it is real. */
export const account = { apiKey: 'api-key-of-the-tests', senders: ['Acme', '41793026700'] };

/** A number that the double accepts. */
export const recipient = '+41793026727';
/** What the SignIn template makes of the code. */
export const signInText = `Sign-in code ${testCode} & "more": 100% café 登录`;

export const templates = testTemplates(signInText);

/** A complete configuration, apart from the endpoint. */
export const config = { apiKey: account.apiKey, from: 'Acme', templates };

/** Sends a sign-in code to the double at `endpoint`. */
export const sendTo = createTestSender({ create, config, recipient });
