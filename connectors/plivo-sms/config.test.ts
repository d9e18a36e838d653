import { problemsOf } from '@sesame/connector-kit/connector-test';
import { describe, expect, test } from 'vitest';
import { configGuard } from './config.ts';
import { account, config, powerpackUuid, templates } from './test-account.ts';

describe('the configuration', () => {
  test('is refused with everything that is missing at once', () => {
    expect(problemsOf(configGuard, {}).map(([path]) => path)).toEqual(['authId', 'authToken', 'templates', 'src']);
  });

  test.each([
    ['no Auth ID', { authId: ' ' }, 'authId', 'Give the Auth ID.'],
    ['an Auth ID that is none', { authId: 'ali@example.com' }, 'authId', /MA, or SA for a subaccount/],
    ['half an Auth ID', { authId: 'MA0000000000' }, 'authId', /18 capital letters and digits/],
    ['the name of a Powerpack', { src: '', powerpackUuid: 'Sign-in' }, 'powerpackUuid', /UUID/],
    ['no Auth Token', { authToken: undefined }, 'authToken', 'Give the Auth Token.'],
    ['no sender', { src: ' ' }, 'src', 'Give a sender, or a Powerpack UUID.'],
    ['two senders', { powerpackUuid }, 'powerpackUuid', /not both/],
    ['a name that is too long', { src: 'TwelveLetter' }, 'src', /at most 11/],
    ['a name that Plivo cannot send', { src: '芝麻' }, 'src', /letters and digits/],
    ['a number that is too long', { src: '+123456789012345' }, 'src', /country code/],
    ['an insecure endpoint', { endpoint: 'http://api.plivo.com' }, 'endpoint', /https/],
    ['a missing template', { templates: templates.slice(1) }, 'templates', /SignIn/],
  ])('with %s says what to do', (_, change, path, message) => {
    expect(problemsOf(configGuard, { ...config, ...change })).toEqual([
      [path, typeof message === 'string' ? message : expect.stringMatching(message)],
    ]);
  });

  test.each([
    ['a number with a plus', {}, { src: '14151234567', endpoint: 'https://api.plivo.com' }],
    ['a subaccount', { authId: 'SA000000000000000000' }, { authId: 'SA000000000000000000' }],
    ['a short code', { src: '12345' }, { src: '12345' }],
    ['a name with a space', { src: 'Acme Online' }, { src: 'AcmeOnline' }],
    ['a Powerpack and an empty sender', { src: '', powerpackUuid }, { src: undefined, powerpackUuid }],
    ['an empty Powerpack', { powerpackUuid: '' }, { powerpackUuid: undefined }],
    ['an empty endpoint', { endpoint: '' }, { endpoint: 'https://api.plivo.com' }],
    ['a slash too many', { endpoint: 'https://api.plivo.com/' }, { endpoint: 'https://api.plivo.com' }],
    ['pasted spaces', { authToken: ` ${account.authToken}\n` }, { authToken: account.authToken }],
  ])('may have %s', (_, change, expected) => {
    expect(configGuard.parse({ ...config, ...change })).toMatchObject(expected);
  });
});
