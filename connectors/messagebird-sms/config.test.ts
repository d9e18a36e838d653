import { problemsOf } from '@sesame/connector-kit/connector-test';
import { describe, expect, test } from 'vitest';
import { configGuard } from './config.ts';
import { account, config, templates } from './test-account.ts';

describe('the configuration', () => {
  test('is refused with everything that is missing at once', () => {
    expect(problemsOf(configGuard, {})).toEqual([
      ['accessKey', 'Give the access key.'],
      ['originator', 'Give the originator.'],
      ['templates', expect.any(String)],
    ]);
  });

  test.each([
    ['a key of the other platform', { accessKey: 'bird_live_x' }, 'accessKey', /Connectivity Platform/],
    ['a key that was pasted with a name', { accessKey: 'AccessKey live_x' }, 'accessKey', /access key/],
    ['a name that is too long', { originator: 'TwelveLetter' }, 'originator', /at most 11/],
    ['a number that is too long', { originator: '+1234567890123456' }, 'originator', /with its country code/],
    ['a name that is not ASCII', { originator: '芝麻' }, 'originator', /at most 11/],
    ['an insecure endpoint', { endpoint: 'http://rest.messagebird.com' }, 'endpoint', /https/],
    ['a missing template', { templates: templates.slice(1) }, 'templates', /SignIn/],
  ])('with %s says what to do', (_, change, path, message) => {
    expect(problemsOf(configGuard, { ...config, ...change })).toEqual([[path, expect.stringMatching(message)]]);
  });

  test.each([
    ['no endpoint', {}, { endpoint: 'https://rest.messagebird.com' }],
    ['an empty endpoint', { endpoint: '' }, { endpoint: 'https://rest.messagebird.com' }],
    ['a slash too many', { endpoint: 'https://proxy.example/bird/' }, { endpoint: 'https://proxy.example/bird' }],
    ['a number as people write it', { originator: '+31 (97) 000-0000' }, { originator: '31970000000' }],
    ['a short code', { originator: '12345' }, { originator: '12345' }],
    ['a name with a space', { originator: 'My Shop' }, { originator: 'My Shop' }],
    ['a key without a prefix', { accessKey: ' abcDEF123\n' }, { accessKey: 'abcDEF123' }],
    ['a test key', { accessKey: 'test_x' }, { accessKey: 'test_x' }],
  ])('may have %s', (_, change, expected) => {
    expect(configGuard.parse({ ...config, accessKey: account.accessKey, ...change })).toMatchObject(expected);
  });
});
