import { createTestSender, testCode, testTemplates } from '@sesame/connector-kit/connector-test';
import create from './index.ts';

/** The account that the double stands for in the tests; nothing in it is real. */
export const account = { authId: 'MA00000000000000TEST', authToken: 'auth-token-of-the-tests' };
export const powerpackUuid = '86bbb125-97bb-4d72-89fd-81d5c515b015';

/** A number that the double accepts. */
export const recipient = '+14157654321';
/** What the SignIn template makes of the code. */
export const signInText = `Sign-in code ${testCode} & more: 100% café 登录`;

export const templates = testTemplates(signInText);

export const config = { ...account, src: '+1 415 123 4567', templates };

/** Sends a sign-in code to the double at `endpoint`. */
export const sendTo = createTestSender({ create, config, recipient });
