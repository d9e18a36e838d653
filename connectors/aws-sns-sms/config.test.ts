import { problemsOf } from '@sesame/connector-kit/connector-test';
import { describe, expect, test } from 'vitest';
import { configGuard } from './config.ts';
import { account, config, templates } from './test-account.ts';

describe('the configuration', () => {
  test('is refused with everything that is missing at once', () => {
    expect(problemsOf(configGuard, {})).toEqual([
      ['accessKeyId', 'Give the access key ID.'],
      ['accessKeySecret', 'Give the secret access key.'],
      ['region', 'Give a region, for example eu-west-1.'],
      ['templates', expect.any(String)],
    ]);
  });

  test.each([
    ['a region with its name', { region: 'Ireland' }, 'region', /for example eu-west-1/],
    ['a region that is another host', { region: 'eu-west-1.example.com/' }, 'region', /for example eu-west-1/],
    ['half a secret', { accessKeySecret: 'two words' }, 'accessKeySecret', /secret access key/],
    ['half of a temporary key', { accessKeyId: 'ASIA0000000000000000' }, 'sessionToken', /Give the session token/],
    ['a broken session token', { sessionToken: 'two words' }, 'sessionToken', /no spaces/],
    ['a name that is too long', { senderId: 'TwelveLetter' }, 'senderId', /at most 11/],
    ['a name of digits alone', { senderId: '12345' }, 'senderId', /with a letter in it/],
    ['a name with spaces', { senderId: 'My Shop' }, 'senderId', /at most 11/],
    ['a number that is too short', { originationNumber: '1234' }, 'originationNumber', /5 to 14 digits/],
    ['an ID that is too long', { entityId: '1'.repeat(31) }, 'entityId', /1 to 30/],
    ['an insecure endpoint', { endpoint: 'http://sns.eu-west-1.amazonaws.com' }, 'endpoint', /https/],
    ['a path in the endpoint', { endpoint: 'https://proxy.example/sns' }, 'endpoint', /without a path/],
    ['a missing template', { templates: templates.slice(1) }, 'templates', /SignIn/],
    [
      'template IDs of nobody',
      { templates: templates.map((template) => ({ ...template, templateId: '1107' })) },
      'entityId',
      /the entity ID that the template IDs belong to/,
    ],
  ])('with %s says what to do', (_, change, path, message) => {
    expect(problemsOf(configGuard, { ...config, ...change })).toEqual([[path, expect.stringMatching(message)]]);
  });

  test.each([
    ['no endpoint', { endpoint: '' }, { endpoint: undefined }],
    [
      'a slash too many',
      { endpoint: 'https://vpce-1.sns.eu-west-1.vpce.amazonaws.com/' },
      { endpoint: 'https://vpce-1.sns.eu-west-1.vpce.amazonaws.com' },
    ],
    ['a region of the government', { region: 'us-gov-west-1' }, { region: 'us-gov-west-1' }],
    [
      'pasted spaces',
      { accessKeySecret: ` ${account.accessKeySecret}\n` },
      { accessKeySecret: account.accessKeySecret },
    ],
    ['empty fields', { senderId: '', originationNumber: ' ', sessionToken: '', entityId: '' }, { senderId: undefined }],
    ['a short code', { originationNumber: '12345' }, { originationNumber: '12345' }],
    ['a name with a hyphen', { senderId: 'My-Shop' }, { senderId: 'My-Shop' }],
  ])('may have %s', (_, change, expected) => {
    expect(configGuard.parse({ ...config, ...change })).toMatchObject(expected);
  });
});
