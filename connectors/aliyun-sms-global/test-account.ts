import { createTestSender, testCode, testTemplates } from '@sesame/connector-kit/connector-test';
import create from './index.ts';

/** The clock of the tests and of the double. */
export const now = Date.parse('2026-03-01T08:00:00.999Z');
const key = { accessKeyId: 'LTAI5tExampleKeyId', accessKeySecret: 'ExampleSecretOfTheKey' };
/** The account that the double stands for in the tests; nothing in it is real. */
export const account = { ...key, senderIds: ['Acme'], now: () => now };

/** A number that the double accepts. */
export const recipient = '+447911123456';
/** What the SignIn template makes of the code. */
export const signInText = `Code ${testCode} & more: 100% café (登录)!`;

export const templates = testTemplates(signInText);

/** A complete configuration, apart from the endpoint. */
export const config = { ...key, from: 'Acme', templates };

/** Sends a sign-in code to the double at `endpoint`. */
export const sendTo = createTestSender({ create, config, recipient, now });
