import { createTestSender, testCode, testTemplates } from '@sesame/connector-kit/connector-test';
import create from './index.ts';

/** The account that the double stands for in the tests; nothing in it is real. */
export const account = { accessKey: 'live_access-key-of-the-tests' };

/** A number that the double accepts. */
export const recipient = '+31612345678';
/** What the SignIn template makes of the code. */
export const signInText = `Sign-in code ${testCode} & more: 100% "café" 登录`;

export const templates = testTemplates(signInText);

export const config = { accessKey: account.accessKey, originator: 'Sesame', templates };

/** Sends a sign-in code to the double at `endpoint`. */
export const sendTo = createTestSender({ create, config, recipient });
