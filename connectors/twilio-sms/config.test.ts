import { problemsOf } from '@sesame/connector-kit/connector-test';
import { describe, expect, test } from 'vitest';
import { configGuard } from './config.ts';
import {
  accountSID,
  apiKeySecret,
  apiKeySID,
  authToken,
  logtoConfig,
  templates,
  whatsAppConfig,
} from './test-account.ts';

describe('the configuration', () => {
  test("of Logto's connector is taken unchanged", () => {
    const logtos = {
      ...logtoConfig,
      disableRiskCheck: false,
      templates: [...templates, { usageType: 'OrganizationInvitation', content: 'Join with {{code}}' }],
    };
    expect(configGuard.parse(logtos)).toEqual({ ...logtos, endpoint: 'https://api.twilio.com' });
  });

  test('is refused with everything that is missing at once', () => {
    expect(problemsOf(configGuard, { templates }).map(([path]) => path)).toEqual([
      'accountSID',
      'authToken',
      'fromMessagingServiceSID',
    ]);
  });

  test.each([
    ['no credentials', { authToken: undefined }, 'authToken', 'Give the Auth Token, or an API key with its secret.'],
    ['half an API key', { apiKeySID }, 'apiKeySecret', 'Give the secret of the API key.'],
    ['the other half', { authToken: '', apiKeySecret }, 'apiKeySID', /the SID of the API key/],
    ['an API key in the place of the account', { accountSID: apiKeySID }, 'accountSID', /AC and 32 hexadecimal/],
    ['a user in the place of the account', { accountSID: 'ali@example.com' }, 'accountSID', /from the Twilio Console/],
    ['half an Account SID', { accountSID: 'AC0123456789abcdef' }, 'accountSID', /32 hexadecimal/],
    ['letters in an Account SID', { accountSID: `AC${'z'.repeat(32)}` }, 'accountSID', /32 hexadecimal/],
    ['a prefix in small letters', { accountSID: `ac${'0'.repeat(32)}` }, 'accountSID', /AC and/],
    ['two lines', { accountSID: `AC${'0'.repeat(32)}\nAC` }, 'accountSID', /32 hexadecimal/],
    ['an account in the place of the key', { apiKeySID: accountSID, apiKeySecret }, 'apiKeySID', /SK and 32/],
    ['the name of a service', { fromMessagingServiceSID: 'Sign-in' }, 'fromMessagingServiceSID', /MG and 32/],
    ['the SID of a number', { fromMessagingServiceSID: `PN${'0'.repeat(32)}` }, 'fromMessagingServiceSID', /MG and 32/],
    ['no sender', { fromMessagingServiceSID: ' ' }, 'fromMessagingServiceSID', /or a sender under From/],
    ['a name that is too long', { from: 'TwelveLetter' }, 'from', /at most 11/],
    ['a name of digits alone', { from: '1234567890' }, 'from', /at most 11/],
    ['a number that is too long', { from: '+1234567890123456' }, 'from', /with the plus/],
    ['an insecure endpoint', { endpoint: 'http://api.twilio.com' }, 'endpoint', /https/],
    ['a missing template', { templates: templates.slice(1) }, 'templates', /SignIn/],
    ['no templates', { templates: undefined }, 'templates', /Give the templates/],
    ['another channel', { channel: 'voice' }, 'channel', 'Choose sms or whatsapp.'],
  ])('with %s says what to do', (_, change, path, message) => {
    expect(problemsOf(configGuard, { ...logtoConfig, ...change })).toEqual([
      [path, typeof message === 'string' ? message : expect.stringMatching(message)],
    ]);
  });

  test.each([
    ['no template', { whatsAppTemplates: [] }, 'whatsAppTemplates', /Content Template Builder/],
    ['an empty SID', { whatsAppTemplates: [{ contentSID: ' ' }] }, 'whatsAppTemplates.0.contentSID', /Content SID/],
    [
      'the SID of a service',
      { whatsAppTemplates: [{ contentSID: `MG${'0'.repeat(32)}` }] },
      'whatsAppTemplates.0.contentSID',
      /HX and 32/,
    ],
    [
      'a language by its name',
      { whatsAppTemplates: [{ ...whatsAppConfig.whatsAppTemplates[0], locale: 'Chinese (Taiwan)' }] },
      'whatsAppTemplates.0.locale',
      /zh-CN/,
    ],
    ['a name', { from: 'Acme' }, 'from', /no names/],
    ['a short code', { from: '12345' }, 'from', /no short codes/],
    ['no sender', { from: '' }, 'fromMessagingServiceSID', /or a sender/],
  ])('for WhatsApp with %s says what to do', (_, change, path, message) => {
    expect(problemsOf(configGuard, { ...whatsAppConfig, ...change })).toEqual([[path, expect.stringMatching(message)]]);
  });

  test.each([
    ['a choice that was cleared', { channel: null }, { templates }],
    ['SIDs with spaces around', { accountSID: ` ${accountSID}\n` }, { accountSID }],
    ['capital digits', { accountSID: `AC${'ABCDEF01'.repeat(4)}` }, { accountSID: `AC${'ABCDEF01'.repeat(4)}` }],
    ['empty SIDs', { apiKeySID: '', fromMessagingServiceSID: ' ', from: '12345' }, { apiKeySID: undefined }],
    ['a short code', { from: '12345' }, { from: '12345' }],
    ['an empty sender', { from: '' }, { from: undefined }],
    ['an empty endpoint', { endpoint: '' }, { endpoint: 'https://api.twilio.com' }],
    ['a slash too many', { endpoint: 'https://api.twilio.com/' }, { endpoint: 'https://api.twilio.com' }],
    ['pasted spaces', { authToken: ` ${authToken}\n` }, { authToken }],
  ])('may have %s', (_, change, expected) => {
    expect(configGuard.parse({ ...logtoConfig, ...change })).toMatchObject(expected);
  });
});
