import { problemsOf } from '@sesame/connector-kit/connector-test';
import { describe, expect, test } from 'vitest';
import { configGuard } from './config.ts';
import { apiKeySecret, apiKeySID, authToken, logtoConfig, templates } from './test-account.ts';

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
    ['no sender', { fromMessagingServiceSID: ' ' }, 'fromMessagingServiceSID', /or a sender under From/],
    ['a name that is too long', { from: 'TwelveLetter' }, 'from', /at most 11/],
    ['a name of digits alone', { from: '1234567890' }, 'from', /at most 11/],
    ['a number that is too long', { from: '+1234567890123456' }, 'from', /with the plus/],
    ['an insecure endpoint', { endpoint: 'http://api.twilio.com' }, 'endpoint', /https/],
    ['a missing template', { templates: templates.slice(1) }, 'templates', /SignIn/],
  ])('with %s says what to do', (_, change, path, message) => {
    expect(problemsOf(configGuard, { ...logtoConfig, ...change })).toEqual([
      [path, typeof message === 'string' ? message : expect.stringMatching(message)],
    ]);
  });

  test.each([
    ['a short code', { from: '12345' }, { from: '12345' }],
    ['an empty sender', { from: '' }, { from: undefined }],
    ['an empty endpoint', { endpoint: '' }, { endpoint: 'https://api.twilio.com' }],
    ['a slash too many', { endpoint: 'https://api.twilio.com/' }, { endpoint: 'https://api.twilio.com' }],
    ['pasted spaces', { authToken: ` ${authToken}\n` }, { authToken }],
  ])('may have %s', (_, change, expected) => {
    expect(configGuard.parse({ ...logtoConfig, ...change })).toMatchObject(expected);
  });
});
