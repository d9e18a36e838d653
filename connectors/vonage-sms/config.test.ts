import { problemsOf } from '@sesame/connector-kit/connector-test';
import { describe, expect, test } from 'vitest';
import { configGuard } from './config.ts';
import { account, logtoConfig, templates } from './test-account.ts';

describe('the configuration', () => {
  test("of Logto's connector is taken unchanged", () => {
    const logtos = {
      ...logtoConfig,
      templates: [...templates, { usageType: 'BindMfa', content: 'Set up with {{code}}' }],
    };
    expect(configGuard.parse(logtos)).toEqual({ ...logtos, endpoint: 'https://rest.nexmo.com' });
  });

  test('is refused with everything that is missing at once', () => {
    expect(problemsOf(configGuard, {}).map(([path]) => path)).toEqual([
      'apiKey',
      'apiSecret',
      'brandName',
      'templates',
    ]);
  });

  test.each([
    ['no API key', { apiKey: ' ' }, 'apiKey', 'Give the API key.'],
    ['no API secret', { apiSecret: undefined }, 'apiSecret', 'Give the API secret.'],
    ['no brand name', { brandName: '' }, 'brandName', /name or the number/],
    ['a name that is too long', { brandName: 'TwelveLetter' }, 'brandName', /at most 11/],
    ['a name that Vonage cannot send', { brandName: '芝麻' }, 'brandName', /letters and digits/],
    ['a number that is too long', { brandName: '+1234567890123456' }, 'brandName', /country code/],
    ['an insecure endpoint', { endpoint: 'http://rest.nexmo.com' }, 'endpoint', /https/],
    ['a missing template', { templates: templates.slice(1) }, 'templates', /SignIn/],
  ])('with %s says what to do', (_, change, path, message) => {
    expect(problemsOf(configGuard, { ...logtoConfig, ...change })).toEqual([
      [path, typeof message === 'string' ? message : expect.stringMatching(message)],
    ]);
  });

  test.each([
    ['a number with a plus', { brandName: '+1 (201) 555-0123' }, { brandName: '12015550123' }],
    ['a number with 00', { brandName: '0044 7700 900000' }, { brandName: '447700900000' }],
    ['a short code', { brandName: '12345' }, { brandName: '12345' }],
    ['a name with a space', { brandName: 'Acme Online' }, { brandName: 'AcmeOnline' }],
    ['an empty endpoint', { endpoint: '' }, { endpoint: 'https://rest.nexmo.com' }],
    ['a slash too many', { endpoint: 'https://rest.nexmo.com/' }, { endpoint: 'https://rest.nexmo.com' }],
    ['pasted spaces', { apiSecret: ` ${account.apiSecret}\n` }, { apiSecret: account.apiSecret }],
  ])('may have %s', (_, change, expected) => {
    expect(configGuard.parse({ ...logtoConfig, ...change })).toMatchObject(expected);
  });
});
