import { problemsOf } from '@sesame/connector-kit/connector-test';
import { describe, expect, test } from 'vitest';
import { configGuard } from './config.ts';
import { config, templates } from './test-account.ts';

const endpoint = 'https://abc12.api.infobip.com';

describe('the configuration', () => {
  test('is refused with everything that is missing at once', () => {
    expect(problemsOf(configGuard, { templates })).toEqual([
      ['endpoint', 'Give the base URL of your account.'],
      ['apiKey', 'Give an API key.'],
      ['from', 'Give the sender.'],
    ]);
  });

  test.each([
    ['a name that is too long', { from: 'TwelveLetter' }, 'from'],
    ['a number that is too long', { from: '+1234567890123456' }, 'from'],
    ['a base URL of someone else without a scheme', { endpoint: 'abc12.api.example.com' }, 'endpoint'],
    ['an insecure base URL', { endpoint: 'http://abc12.api.infobip.com' }, 'endpoint'],
    ['a missing template', { templates: templates.slice(1) }, 'templates'],
  ])('with %s is refused', (_, change, path) => {
    expect(problemsOf(configGuard, { ...config, endpoint, ...change }).map(([at]) => at)).toEqual([path]);
  });

  test.each([
    ['a base URL as Infobip shows it', { endpoint: 'abc12.api.infobip.com' }, { endpoint }],
    ['a slash too many', { endpoint: `${endpoint}/` }, { endpoint }],
    ['a number with its plus', { from: '+41 (79) 302-67-00' }, { from: '41793026700' }],
    ['a short code', { from: '12345' }, { from: '12345' }],
    ['pasted spaces', { apiKey: ` ${config.apiKey}\n` }, { apiKey: config.apiKey }],
  ])('may have %s', (_, change, expected) => {
    expect(configGuard.parse({ ...config, endpoint, ...change })).toMatchObject(expected);
  });
});
