import { createTestSender, testCode, testTemplates } from '@sesame/connector-kit/connector-test';
import create from './index.ts';

/** The account that the double stands for in the tests; nothing in it is real. */
export const accountSID = 'AC00000000000000000000000000000001';
export const authToken = 'auth-token-of-the-tests';
export const apiKeySID = 'SK00000000000000000000000000000002';
export const apiKeySecret = 'api-key-secret-of-the-tests';
export const account = { accountSID, authToken, apiKeys: { [apiKeySID]: apiKeySecret } };
export const fromMessagingServiceSID = 'MG00000000000000000000000000000003';

/** A number that the double accepts. */
export const recipient = '+12025550123';
/** What the SignIn template makes of the code. */
export const signInText = `Sign-in code ${testCode} & more: 100% café 登录`;

export const templates = testTemplates(signInText);

/** A configuration with the keys that Logto's connector has. */
export const logtoConfig = { accountSID, authToken, fromMessagingServiceSID, templates };

export const contentSID = 'HX00000000000000000000000000000004';
export const chineseContentSID = 'HX00000000000000000000000000000005';

/** A configuration that sends to WhatsApp. */
export const whatsAppConfig = {
  channel: 'whatsapp',
  accountSID,
  authToken,
  from: '+15005550006',
  whatsAppTemplates: [{ contentSID }, { contentSID: chineseContentSID, locale: 'zh-CN' }],
};

/** Sends a sign-in code to the double at `endpoint`. */
export const sendTo = createTestSender({ create, config: logtoConfig, recipient });
